"""What stands beside a section to learn from: winners of the bank, or the form's invented answer."""

import lxml.html
import pytest

from practices.blocks import Text
from practices.enums import Award
from practices.examples import COMFORTABLE, beginning, examples_for
from tests.factories import (
    ApplicationFactory,
    ContestFactory,
    NominationFactory,
    PassportFactory,
    PracticeFactory,
    edition,
)

pytestmark = pytest.mark.django_db


def winner(text="Цель победителя", *, year=2021, nomination="Иная", code="2022", award=Award.WINNER, slug, **more):
    contest = ContestFactory(year=year)
    application = ApplicationFactory(
        contest=contest, nomination=NominationFactory(contest=contest, title=nomination), admitted=True
    )
    answers = {"goals": text, "team": "Команда", **more.pop("answers", {})}
    passport = PassportFactory(application=application, edition=edition(code), answers=answers)
    return PracticeFactory(
        contest=contest, nomination=application.nomination, passport=passport, award=award, slug=slug, **more
    )


def chosen(passport, read, code="goals"):
    return [example.practice and example.practice.slug for example in examples_for(passport, read(passport, code))]


def test_without_winners_the_invented_answer_is_shown(draft, read):
    winner(slug="laureate", award=Award.LAUREATE)
    winner(slug="secret", published_at=None)
    winner(slug="empty", text=None)

    (example,) = examples_for(draft, read(draft, "goals"))

    assert example.practice is None
    assert example.section.content == edition().template("goals").example


def test_section_without_any_example_shows_none(draft, read):
    draft.edition.sections.filter(code="goals").update(example={})

    assert examples_for(draft, read(draft, "goals")) == []


def test_three_winners_nearest_first(draft, read, nomination):
    same = draft.application.nomination.title
    winner(slug="old", year=2019)
    winner(slug="new", year=2021)
    winner(slug="a-new", year=2021)
    winner(slug="same-nomination", year=2018, nomination=same)
    winner(slug="same-nomination-other-form", year=2021, nomination=same, code="2023")
    winner(slug="same-nomination-long", year=2021, nomination=same, text="ы" * (COMFORTABLE + 1))

    assert chosen(draft, read) == ["same-nomination", "same-nomination-long", "same-nomination-other-form"]
    assert chosen(draft, read) == chosen(draft, read)


def test_newest_winners_come_first_where_nothing_else_tells(draft, read):
    for slug, year in (("b-old", 2019), ("b-new", 2021), ("a-new", 2021), ("older", 2018)):
        winner(slug=slug, year=year)

    assert chosen(draft, read) == ["a-new", "b-new", "b-old"]


def test_answer_within_its_limit_is_preferred(draft, read):
    winner(slug="over", year=2021, answers={"background": "ы" * 1900})
    winner(slug="within", year=2019, answers={"background": "ы" * 1700})

    assert chosen(draft, read, "background") == ["within", "over"]


@pytest.mark.parametrize("code", ["team", "contacts"])
def test_personal_sections_are_never_taken_from_people(draft, read, code, django_assert_num_queries):
    winner(slug="winner")
    section = read(draft, code)

    with django_assert_num_queries(0):
        examples = examples_for(draft, section)

    assert [example.practice for example in examples] == [None]


def test_section_that_another_form_keeps_private_is_not_shown(draft, read):
    winner(slug="winner", code="2023")
    edition("2023").sections.filter(code="goals").update(readers="jury")

    assert chosen(draft, read) == [None]


@pytest.mark.parametrize("count", [1, 5])
def test_examples_cost_the_same_for_one_and_for_many(draft, read, count, django_assert_num_queries):
    for number in range(count):
        winner(slug=f"winner-{number}", year=2017 + number)
    section = read(draft, "goals")

    with django_assert_num_queries(2):
        for example in examples_for(draft, section):
            assert example.practice.territory.name
            assert example.practice.contest.year
            assert example.section.pieces


def test_only_the_beginning_of_a_long_answer_is_shown(draft, read):
    winner(slug="long", text="\n".join(["ы" * 400] * 5))

    (example,) = examples_for(draft, read(draft, "goals"))

    assert example.is_cut
    assert example.section.content["blocks"] == [{"text": "\n".join(["ы" * 400] * 2)}]


@pytest.mark.parametrize(
    ("blocks", "shown"),
    [
        ([{"text": "слово " * 200}], [{"text": "слово " * 149 + "слово…"}]),
        ([{"table": [["а"]] * 20}], [{"table": [["а"]] * 6}]),
        ([{"text": "ы" * COMFORTABLE}, {"text": "ещё"}], [{"text": "ы" * COMFORTABLE}]),
    ],
)
def test_beginning_is_whole_lines_words_and_rows(blocks, shown):
    assert beginning(Text(), {"blocks": blocks}) == {"blocks": shown}


def test_beginning_of_a_table_is_its_first_rows():
    rows = [{"id": str(n), "item": "Афиши", "amount": "5", "source": ""} for n in range(9)]
    shape = edition().template("costs").shape

    assert beginning(shape, {"tables": {"main": rows}}) == {"tables": {"main": rows[:5]}}


# --- On the page -----------------------------------------------------------------------------------


def example_on(page):
    return lxml.html.fromstring(page.content.decode()).xpath("//details[@data-example]")


def test_page_shows_the_example_with_the_way_to_its_practice(draft, clerk, url):
    practice = winner(slug="winner", title="Год двора")

    (box,) = example_on(clerk.get(url("section_edit", draft, "goals")))

    assert box.xpath(".//summary")[0].text_content() == "Как у победителей"
    assert "Цель победителя" in box.text_content()
    assert box.xpath(".//p/a/@href") == [f"{practice.get_absolute_url()}#s7"]


def test_invented_example_says_so_and_tables_are_tables(draft, clerk, url):
    (box,) = example_on(clerk.get(url("section_edit", draft, "costs")))

    assert "Пример выдуман" in box.text_content()
    assert len(box.xpath(".//table/tbody/tr")) == 4


def test_closed_section_has_no_example(whole, clerk, url, open_track, now):
    open_track.closes_at = now
    open_track.save()

    assert example_on(clerk.get(url("section_edit", whole, "goals"))) == []


def test_editor_says_how_much_is_left_before_and_after_a_save(whole, write, clerk, url):
    def left(response):
        return lxml.html.fromstring(response.content.decode()).get_element_by_id("left").text_content()

    write(whole, "goals", {"blocks": []})
    write(whole, "background", {"blocks": []})
    address = url("section_edit", whole, "goals")
    assert left(clerk.get(address)) == "Осталось: 2 раздела"

    version = whole.sections.get(code="goals").version
    saved = clerk.post(address, {"version": version, "text-0": "Цель", "do": ""}, HTTP_HX_REQUEST="true")
    assert left(saved) == "Осталось: 1 раздел"
    write(whole, "background", "Предпосылки")
    assert left(clerk.get(address)) == "Всё обязательное готово"
