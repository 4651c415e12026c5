"""How a section was written, the way back to an earlier text, and an answer made of two."""

from datetime import timedelta

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competition.enums import Status
from practices.history import changes_since_remarks, sittings_of
from practices.models import PassportSection
from practices.queries import passport_for
from practices.services import return_with_remarks, submit_passport
from tests.factories import UserFactory
from tests.practices.test_sections import fields

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def page(response):
    return lxml.html.fromstring(response.content.decode())


def words(element):
    return " ".join(element.text_content().split())


def section(passport, code="goals"):
    return PassportSection.objects.get(passport=passport, code=code)


def said(passport, code="goals"):
    return "\n".join(block["text"] for block in section(passport, code).content["blocks"])


@pytest.fixture
def written(draft, write, now, applicant):
    """Three versions: two in one sitting, one an hour later."""
    write(draft, "goals", "Двор у школы", at=now - 90 * MINUTE)
    write(draft, "goals", "Двор у школы и сквер", at=now - 85 * MINUTE)
    write(draft, "goals", "Сквер у школы", at=now - 20 * MINUTE)
    return draft


# --- Sittings --------------------------------------------------------------------------------------


def test_saves_ten_minutes_apart_are_one_sitting(draft, write, now):
    for minutes in (50, 40, 29):
        write(draft, "goals", f"за {minutes} минут", at=now - minutes * MINUTE)

    assert [(s.version_before, s.version, len(s.revisions)) for s in sittings_of(section(draft))] == [
        (2, 3, 1),
        (0, 2, 2),
    ]


def test_another_author_is_another_sitting(draft, write, now):
    editor = UserFactory(email="editor@example.org")
    draft.application.team.create(user=editor, role="editor", joined_at=now)
    write(draft, "goals", "Её текст", at=now - 2 * MINUTE)
    write(draft, "goals", "Его текст", at=now - MINUTE, by=editor)

    assert [sitting.by for sitting in sittings_of(section(draft))] == [editor, draft.application.owner]


def test_history_costs_the_same_for_many_versions(written, write, now, clerk, url, django_assert_num_queries):
    address = url("section_history", written, "goals")
    with CaptureQueriesContext(connection) as few:
        clerk.get(address)
    for number in range(12):
        write(written, "goals", f"Правка {number}", at=now + 30 * number * MINUTE)

    with django_assert_num_queries(len(few)):
        assert len(clerk.get(address).context["sittings"]) == 14


# --- The page --------------------------------------------------------------------------------------


def test_latest_sitting_is_shown_with_what_it_changed(written, clerk, url):
    response = clerk.get(url("section_history", written, "goals"))

    assert len(page(response).find_class("history-list")[0].findall(".//li")) == 2
    diff = page(response).find_class("diff")[0]
    assert [words(mark) for mark in diff.iter("del")] == ["[убрано: Двор]", "[убрано: и сквер]"]
    assert [words(mark) for mark in diff.iter("ins")] == ["[добавлено: Сквер]"]


def test_earlier_sitting_is_compared_with_what_stood_before_or_stands_now(written, clerk, url):
    address = url("section_history", written, "goals")

    then = page(clerk.get(address, {"version": 2})).find_class("diff")[0]
    now = page(clerk.get(address, {"version": 2, "against": "now"})).find_class("diff")[0]

    assert words(then) == "[добавлено: Двор у школы и сквер]"
    assert "[убрано: Двор]" in words(now)


@pytest.mark.parametrize("version", ["1", "0", "77", "x", "٢"])
def test_version_that_ended_no_sitting_is_not_found(written, clerk, url, version):
    assert clerk.get(url("section_history", written, "goals"), {"version": version}).status_code == 404


def test_section_without_a_text_has_no_history_yet(draft, clerk, url):
    assert "Здесь пока ничего не написано" in clerk.get(url("section_history", draft, "goals")).content.decode()


def test_history_belongs_to_those_who_write(whole, write, now, clerk, url, applicant, organiser):
    submit_passport(whole, consent=True, by=applicant, at=now)
    reader = Client()
    reader.force_login(organiser)

    assert clerk.get(url("section_history", whole, "goals")).status_code == 200
    assert reader.get(url("section_edit", whole, "goals")).status_code == 200
    assert reader.get(url("section_history", whole, "goals")).status_code == 403
    assert "section_history" not in reader.get(url("section_edit", whole, "goals")).content.decode()


# --- The way back ----------------------------------------------------------------------------------


def restore(clerk, url, passport, **data):
    return clerk.post(url("section_restore", passport, "goals"), data)


def test_earlier_text_comes_back_as_a_new_version(written, clerk, url):
    form = page(clerk.get(url("section_history", written, "goals"), {"version": 2})).xpath("//form[@data-once]")[0]

    response = restore(clerk, url, written, version=form.fields["version"], seen=form.fields["seen"])

    assert response.url == url("section_edit", written, "goals")
    assert (said(written), section(written).version) == ("Двор у школы и сквер", 4)
    assert [r.content["blocks"][0]["text"] for r in section(written).revisions.all()][1] == "Сквер у школы"


def test_text_saved_in_the_meantime_is_not_put_aside_unseen(written, write, clerk, url):
    write(written, "goals", "Совсем новый текст")

    response = restore(clerk, url, written, version=2, seen=3)

    assert "against=now" in response.url
    assert said(written) == "Совсем новый текст"
    assert "тем временем изменили" in clerk.get(response.url).content.decode()


def test_closed_section_does_not_go_back(whole, write, now, clerk, url, applicant):
    write(whole, "goals", "Другие цели")
    submit_passport(whole, consent=True, by=applicant, at=now)

    assert restore(clerk, url, whole, version=1, seen=1).status_code == 403
    assert "Вернуть текст" not in clerk.get(url("section_history", whole, "goals")).content.decode()
    assert said(whole) == "Другие цели"


@pytest.mark.parametrize(
    "data", [{}, {"version": 2}, {"version": 0, "seen": 3}, {"version": "x", "seen": 3}, {"version": 99, "seen": 3}]
)
def test_restore_refuses_nonsense(written, clerk, url, data):
    assert restore(clerk, url, written, **data).status_code == 404
    assert said(written) == "Сквер у школы"


# --- An answer of two ------------------------------------------------------------------------------


@pytest.fixture
def compared(draft, write, clerk, url):
    """Two people began from one text; the clerk's page was refused and shows both."""
    write(draft, "goals", "Цель\nЗадача\nСрок")
    sent = fields(clerk.get(url("section_edit", draft, "goals")))
    write(draft, "goals", "Цель новая\nЗадача\nСрок")
    return clerk.post(url("section_edit", draft, "goals"), {**sent, "text-0": "Цель\nЗадача\nСрок: год", "do": "save"})


def everything_in(response):
    """What the page sends with «save what is chosen»: the form's fields and those that belong to it elsewhere."""
    sent = fields(response)
    for field in page(response).xpath("//*[@id='conflict']//input"):
        if field.get("type") == "hidden" or field.get("checked") is not None:
            sent[field.get("name")] = field.get("value")
    (button,) = page(response).xpath("//button[@name='merge']")
    return {**sent, "merge": button.get("value")}


def test_where_one_side_wrote_its_text_is_chosen_beforehand(draft, compared, clerk, url):
    response = clerk.post(url("section_edit", draft, "goals"), everything_in(compared))

    assert response.status_code == 302
    assert said(draft) == "Цель новая\nЗадача\nСрок: год"
    assert section(draft).version == 3


def test_parts_are_kept_as_chosen(draft, compared, clerk, url):
    choices = {"part-0": "after", "part-1": "both"}

    clerk.post(url("section_edit", draft, "goals"), {**everything_in(compared), **choices})

    assert said(draft) == "Цель\nЗадача\nСрок\nСрок: год"


def test_choices_made_for_other_texts_are_asked_anew(draft, compared, write, clerk, url):
    typed_on = {**everything_in(compared), "text-0": "Цель\nЗадача\nСрок: год\nБюджет"}
    response = clerk.post(url("section_edit", draft, "goals"), typed_on)

    assert response.status_code == 409
    assert fields(response)["text-0"] == typed_on["text-0"]
    assert said(draft) == "Цель новая\nЗадача\nСрок"
    clerk.post(url("section_edit", draft, "goals"), everything_in(response))
    assert said(draft) == "Цель новая\nЗадача\nСрок: год\nБюджет"


def test_third_text_makes_another_comparison(draft, compared, write, clerk, url):
    write(draft, "goals", "Третий текст")

    response = clerk.post(url("section_edit", draft, "goals"), everything_in(compared))

    assert response.status_code == 409
    assert "Третий текст" in words(page(response).get_element_by_id("conflict"))
    assert said(draft) == "Третий текст"


@pytest.mark.parametrize("forged", [{"part-0": "mine"}, {"part-0": ""}, {"compared": "0"}])
def test_choices_that_no_page_offers_change_nothing(draft, compared, clerk, url, forged):
    response = clerk.post(url("section_edit", draft, "goals"), {**everything_in(compared), **forged})

    assert response.status_code == 409
    assert said(draft) == "Цель новая\nЗадача\nСрок"


def test_rows_of_two_are_kept_in_one_table(draft, write, clerk, url):
    first, second = [
        {"id": row_id, "item": item, "amount": "1", "source": "Бюджет"}
        for row_id, item in (("a", "Афиши"), ("b", "Сцена"))
    ]
    write(draft, "costs", [first, second])
    sent = fields(clerk.get(url("section_edit", draft, "costs")))
    write(draft, "costs", [{**first, "amount": "10"}, second, {**second, "id": "c", "item": "Свет"}])

    answer = clerk.post(url("section_edit", draft, "costs"), {**sent, "main-1-amount": "20", "do": "save"})
    clerk.post(url("section_edit", draft, "costs"), everything_in(answer))

    kept = [(row["item"], row["amount"]) for row in section(draft, "costs").content["tables"]["main"] if row["item"]]
    assert kept == [("Афиши", "10"), ("Сцена", "20"), ("Свет", "1")]


# --- What was changed after a remark ---------------------------------------------------------------


@pytest.fixture
def returned(whole, write, applicant, organiser, now):
    write(whole, "goals", "Провести чтения")
    write(whole, "actions", [{"id": "a", "action": "Встречи", "performer": "Библиотека"}])
    submit_passport(whole, consent=True, by=applicant, at=now)
    remarks = {"goals": "Назовите срок.", "actions": "Кто исполнял?"}
    return_with_remarks(whole.application, remarks, by=organiser, at=now)
    whole.application.refresh_from_db()
    return whole


def test_organiser_sees_what_was_changed_since_the_return(returned, write, applicant, organiser, now):
    write(returned, "goals", "Провести чтения до декабря")
    reader = Client()
    reader.force_login(organiser)
    address = reverse("admin:application_review", args=[returned.application.key])
    assert "Что изменилось после замечания" not in reader.get(address).content.decode()

    submit_passport(returned, consent=True, by=applicant, at=now)
    answer = page(reader.get(address))

    assert words(answer.get_element_by_id("changes-goals")).endswith("[добавлено: до декабря]")
    assert "раздел остался таким" in words(answer.get_element_by_id("changes-actions"))
    assert returned.application.__class__.objects.get(pk=returned.application.pk).status == Status.SUBMITTED


def test_changes_cost_the_same_for_few_and_for_many(returned, applicant, organiser, now, django_assert_num_queries):
    submit_passport(returned, consent=True, by=applicant, at=now)
    passport = passport_for(organiser, returned.application.key)
    with django_assert_num_queries(1):
        assert set(changes_since_remarks(passport)) == {"goals", "actions"}

    return_with_remarks(
        returned.application, dict.fromkeys(("background", "description", "costs"), "Уточните."), by=organiser, at=now
    )
    submit_passport(returned, consent=True, by=applicant, at=now)
    passport = passport_for(organiser, returned.application.key)
    with django_assert_num_queries(1):
        assert len(changes_since_remarks(passport)) == 5
