"""A save that arrived although its answer was lost: the page that sent it goes on, a second page is still told."""

import lxml.html
import pytest

from practices.services import Conflict, Turn, save_section
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

HERE = "a" * 32
ELSEWHERE = "b" * 32


def text(words):
    return {"blocks": [{"text": words}]}


@pytest.fixture
def save(draft, applicant, now):
    """Save the goals from an open page: `save("Текст", seen=0, turn=1)`."""

    def save(words, *, seen, turn, tab=HERE, by=applicant, is_resent=False):
        return save_section(draft, "goals", text(words), seen=seen, by=by, at=now, turn=Turn(tab, turn, is_resent))

    return save


def goals(draft):
    return draft.sections.get(code="goals")


def test_page_whose_answer_was_lost_goes_on_writing(save, draft):
    save("Начало", seen=0, turn=1)  # its answer never comes back: the page still rests on version 0

    saved = save("Начало и продолжение", seen=0, turn=2)

    assert saved.changed
    assert goals(draft).content == text("Начало и продолжение")
    assert [revision.turn for revision in goals(draft).revisions.order_by("version")] == [1, 2]


def test_many_answers_lost_in_a_row_lose_nothing(save, draft):
    for turn in range(1, 6):
        save(f"Правка {turn}", seen=0, turn=turn)

    assert goals(draft).version == 5
    assert goals(draft).content == text("Правка 5")


def test_two_tabs_of_one_person_still_conflict(save, draft):
    save("В первой вкладке", seen=0, turn=1)

    with pytest.raises(Conflict) as conflict:
        save("Во второй вкладке", seen=0, turn=1, tab=ELSEWHERE)

    assert conflict.value.theirs.content == text("В первой вкладке")
    assert goals(draft).content == text("В первой вкладке")


def test_second_tab_between_two_saves_of_the_first_is_not_overwritten(save, draft):
    save("Моё", seen=0, turn=1)
    save("Чужое", seen=1, turn=1, tab=ELSEWHERE)

    with pytest.raises(Conflict):
        save("Моё дальше", seen=0, turn=2)

    assert goals(draft).content == text("Чужое")


def test_older_save_that_arrives_late_changes_nothing(save, draft):
    save("Новее", seen=0, turn=2)

    with pytest.raises(Conflict):  # nobody waits for this answer any more
        save("Старее", seen=0, turn=1)

    assert goals(draft).content == text("Новее")


def test_what_was_resent_after_a_choice_changes_nothing(save, draft, write):
    """In the comparison a person may keep parts of both; the browser's copy of the whole is of the past then."""
    write(draft, "goals", "Чужое")
    save("Моё и чужое", seen=1, turn=7)

    resent = save("Моё", seen=0, turn=7, is_resent=True)

    assert not resent.changed
    assert goals(draft).content == text("Моё и чужое")


def test_same_page_under_another_name_is_another_writer(save, draft):
    save("Анна", seen=0, turn=1)
    colleague = UserFactory()
    draft.application.owner = colleague
    draft.application.save()

    with pytest.raises(Conflict):
        save("Борис", seen=0, turn=2, by=colleague)


def test_page_without_a_script_is_asked_as_before(draft, applicant, now):
    save_section(draft, "goals", text("Раз"), seen=0, by=applicant, at=now)

    with pytest.raises(Conflict):
        save_section(draft, "goals", text("Два"), seen=0, by=applicant, at=now)


@pytest.mark.parametrize(
    ("tab", "turn", "accepted"),
    [(HERE, "2", True), ("", "2", False), (HERE, "", False), ("x" * 32, "2", False), (HERE, "-2", False)],
)
def test_browser_names_its_page_and_save(draft, clerk, url, tab, turn, accepted):
    address = url("section_edit", draft, "goals")
    clerk.post(address, {"version": "0", "text-0": "Раз", "tab": HERE, "turn": "1"})

    answer = clerk.post(address, {"version": "0", "text-0": "Два", "tab": tab, "turn": turn})

    assert (answer.status_code == 302) is accepted
    assert (goals(draft).content == text("Два")) is accepted


# --- What waited in a browser ----------------------------------------------------------------------


def resent(clerk, address, words, *, version, turn="1"):
    fields = {"version": version, "text-0": words, "tab": HERE, "turn": turn, "do": "resend"}
    return clerk.post(address, fields, headers={"HX-Request": "true"})


def test_resent_text_comes_back_into_the_fields(draft, clerk, url):
    answer = resent(clerk, url("section_edit", draft, "goals"), "Из поезда", version="0")

    assert answer.status_code == 200
    assert goals(draft).content == text("Из поезда")
    field = lxml.html.fromstring(answer.content.decode()).xpath("//*[@id='answer']//textarea[@name='text-0']")[0]
    assert field.text_content().strip() == "Из поезда"


def test_resent_text_stands_in_the_fields_beside_the_comparison(draft, clerk, url, write):
    write(draft, "goals", "Из кабинета")

    answer = resent(clerk, url("section_edit", draft, "goals"), "Из поезда", version="0")

    assert answer.status_code == 409
    page = lxml.html.fromstring(f"<div>{answer.content.decode()}</div>")
    assert (
        page.xpath("//*[@id='answer'][@hx-swap-oob]//textarea[@name='text-0']")[0].text_content().strip() == "Из поезда"
    )
    assert "Из кабинета" in page.get_element_by_id("conflict").text_content()
    assert goals(draft).content == text("Из кабинета")


def test_resent_text_that_had_arrived_is_acknowledged(draft, clerk, url):
    address = url("section_edit", draft, "goals")
    first = resent(clerk, address, "Дошло", version="0")
    second = resent(clerk, address, "Дошло", version="0")

    assert (first.status_code, second.status_code) == (200, 200)
    assert goals(draft).version == 1


def test_page_says_what_a_browser_may_keep(draft, clerk, url):
    def desk(code):
        return lxml.html.fromstring(clerk.get(url("section_edit", draft, code)).content.decode()).get_element_by_id(
            "desk"
        )

    assert "data-keep" in desk("goals").attrib
    assert "data-keep" not in desk("contacts").attrib
