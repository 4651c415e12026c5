"""The organiser reads the finished sheets of an application, with their jurors' names."""

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from tests.factories import (
    ApplicationFactory,
    AssignmentFactory,
    CommentFactory,
    ContestFactory,
    JurorFactory,
    TeamMemberFactory,
    UserFactory,
    utc,
)


@pytest.fixture
def client(organiser):
    client = Client()
    client.force_login(organiser)
    return client


@pytest.fixture
def write(application, criteria, contest):
    """Return a function that puts a juror's sheet with marks and a comment on the application."""

    def write(name, *, text="Убедительно.", marks=(9, 5), user=None, **state):
        juror = JurorFactory(contest=contest, user=user or UserFactory(name=name))
        sheet = AssignmentFactory(juror=juror, application=application, marks=marks, **state)
        CommentFactory(assignment=sheet, criterion=criteria[0], text=text)
        return sheet

    return write


def url_of(application, year=2021):
    return reverse("admin:result_sheets", args=[year, application.key])


def rows(response):
    """The words of every row of the table, cell by cell."""
    found = html.fromstring(response.content.decode()).xpath("//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("td")] for row in found]


def test_finished_sheet_is_read_whole(client, application, write):
    write("Анна", text="Ясная цель.", finished=True)

    response = client.get(url_of(application))

    ((juror, state, score, first, second),) = rows(response)
    assert (juror, score, first, second) == ("Анна", "8", "9", "5")
    assert state.startswith("Лист завершён")
    assert "Ясная цель." in response.content.decode()


@pytest.mark.parametrize("announced", [False, True])
def test_of_an_unfinished_sheet_only_the_state_is_told(announced, client, application, write, contest):
    write("Анна", text="Ясная цель.", finished=True)
    write("Борис", text="Ещё думаю", declared=True)
    write("Вера", text="Заметка на полях", marks=())
    write("Глеб", text="Старые слова", declared=True, recused_at=utc(2021, 9, 2), recusal_reason="Работали вместе")
    contest.announced_at = utc(2021, 12, 1) if announced else None
    contest.save()

    response = client.get(url_of(application))

    assert rows(response)[1:] == [
        ["Борис", "В работе", ""],
        ["Вера", "Не начат", ""],
        ["Глеб", "Самоотвод", "Работали вместе"],
    ]
    content = response.content.decode()
    assert "Ясная цель." in content
    for hidden in ("Ещё думаю", "Заметка на полях", "Старые слова"):
        assert hidden not in content


def test_page_of_the_wrong_year_or_of_an_application_not_before_the_jury_does_not_exist(client, application, contest):
    ContestFactory(year=2020)
    draft = ApplicationFactory(contest=contest)

    assert client.get(url_of(application)).status_code == 200
    assert client.get(url_of(application, year=2020)).status_code == 404
    assert client.get(url_of(application, year=1999)).status_code == 404
    assert client.get(url_of(draft)).status_code == 404


def test_names_stay_hidden_from_the_organiser_whose_application_it_is(client, application, write, contest, organiser):
    write("Анна", finished=True)
    application.owner = organiser
    application.save()

    for contest.announced_at in (None, utc(2021, 12, 1)):
        contest.save()
        response = client.get(url_of(application))
        assert response.status_code == 403
        assert "Анна" not in response.content.decode()


def test_names_stay_hidden_from_the_organiser_who_worked_on_it(client, application, write, organiser):
    write("Анна", finished=True)
    TeamMemberFactory(application=application, user=organiser, left_at=utc(2021, 6, 1))

    assert client.get(url_of(application)).status_code == 403


def test_organiser_on_the_jury_gives_all_marks_first(client, application, write, organiser):
    write("Анна", finished=True)
    own = write("", user=organiser, declared=True)
    assert client.get(url_of(application)).status_code == 403

    own.recused_at, own.recusal_reason = utc(2021, 9, 2), "Работали вместе"
    own.save()
    assert client.get(url_of(application)).status_code == 403

    own.recused_at, own.recusal_reason, own.finished_at = None, "", utc(2021, 9, 2)
    own.save()
    assert client.get(url_of(application)).status_code == 200


def test_results_lead_to_the_sheets(client, application, write):
    write("Анна", finished=True)

    assert url_of(application) in client.get(reverse("admin:results", args=[2021])).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_sheets_cost_the_same_for_one_and_for_many(count, client, application, write, django_assert_num_queries):
    for index in range(count):
        write(f"Эксперт {index}", finished=True)

    with django_assert_num_queries(10):
        assert client.get(url_of(application)).status_code == 200
