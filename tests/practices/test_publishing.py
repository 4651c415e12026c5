from io import StringIO

import pytest
from django.core.management import call_command

from competition.enums import Status
from practices import search
from practices.enums import Award
from practices.models import Practice
from practices.publishing import NotAdmitted, enter_bank, publish_practice
from tests.factories import ApplicationFactory, PassportFactory, PracticeFactory, edition, utc

pytestmark = pytest.mark.django_db

AT = utc(2021, 12, 1)
ANSWERS = {
    "title": "Форум городских сообществ",
    "period": "Май – сентябрь 2021 г.",
    "description": "Двухдневная игра для 140 горожан. Команды нашли проблемы, которые решат сами.",
    "results": [
        {"indicator": "Участников форума", "value_last_year": "100", "value_total": "140"},
        {"indicator": "Отзывы", "value_last_year": "хорошие", "value_total": "хорошие"},
        {"indicator": "Клубов во дворах", "value_last_year": "7", "value_total": "более 7"},
    ],
}


def admitted_passport(**answers):
    return PassportFactory(application=ApplicationFactory(admitted=True), answers={**ANSWERS, **answers})


def test_admitted_application_becomes_a_practice_derived_from_its_passport():
    passport = admitted_passport()
    application = passport.application

    practice = enter_bank(application, award=Award.WINNER, at=AT)

    assert practice.slug == "forum-gorodskih-soobschestv"
    assert practice.title == "Форум городских сообществ"
    assert practice.summary == "Двухдневная игра для 140 горожан. Команды нашли проблемы, которые решат сами."
    assert practice.started_year == 2021
    assert (practice.award, practice.published_at, practice.passport) == (Award.WINNER, AT, passport)
    assert (practice.territory, practice.contest) == (application.territory, application.contest)
    assert (practice.nomination, practice.track) == (application.nomination, application.track)
    assert [(figure.value, figure.label) for figure in practice.key_figures.all()] == [
        ("140", "Участников форума"),
        ("более 7", "Клубов во дворах"),
    ]


def test_practice_of_the_2019_form_takes_figures_from_its_one_value_column():
    passport = PassportFactory(
        application=ApplicationFactory(admitted=True),
        edition=edition("2019"),
        answers={"results": [{"indicator": "Клубов", "value": "7"}]},
    )

    practice = enter_bank(passport.application, award="", at=AT)

    assert [(figure.value, figure.label) for figure in practice.key_figures.all()] == [("7", "Клубов")]


def test_practice_in_the_bank_is_found_by_its_passport():
    practice = enter_bank(admitted_passport().application, award="", at=AT)

    assert list(search.matching(Practice.objects.published(), "городское сообщество")) == [practice]


def test_adopted_practice_keeps_its_donor():
    passport = admitted_passport()
    passport.donor = PracticeFactory()
    passport.save()

    assert enter_bank(passport.application, award="", at=AT).donor == passport.donor


def test_entering_twice_changes_nothing_but_the_award():
    application = admitted_passport().application
    first = enter_bank(application, award=Award.PARTICIPANT, at=AT)

    second = enter_bank(application, award=Award.WINNER, at=utc(2022, 1, 1))

    assert (second.pk, second.slug, second.published_at) == (first.pk, first.slug, AT)
    assert second.award == Award.WINNER
    assert second.key_figures.count() == 2
    assert search.counts() == (1, 1)


def test_slug_is_unique_and_set_once():
    PracticeFactory(slug="forum-gorodskih-soobschestv")
    PracticeFactory(slug="forum-gorodskih-soobschestv-2")
    application = admitted_passport().application
    practice = enter_bank(application, award="", at=AT)
    Practice.objects.filter(pk=practice.pk).update(title="Другое название")

    again = enter_bank(application, award="", at=AT)

    assert again.slug == practice.slug == "forum-gorodskih-soobschestv-3"


def test_passport_with_nothing_but_a_name_still_enters():
    passport = PassportFactory(application=ApplicationFactory(admitted=True, title="Школа чтения"))

    practice = enter_bank(passport.application, award="", at=AT)

    assert (practice.title, practice.summary, practice.started_year) == ("Школа чтения", "", None)


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.DECLINED, Status.RETURNED, Status.WITHDRAWN])
def test_application_that_is_not_admitted_stays_out(status):
    passport = admitted_passport()
    type(passport.application).objects.update(status=status)

    with pytest.raises(NotAdmitted):
        enter_bank(passport.application, award=Award.WINNER, at=AT)

    assert Practice.objects.count() == 0


def test_publishing_again_keeps_the_first_date():
    practice = PracticeFactory(published_at=AT)

    publish_practice(practice, at=utc(2022, 1, 1))

    practice.refresh_from_db()
    assert practice.published_at == AT


COSTS = [
    {"item": "Помещение", "amount": "300 тыс. руб.", "source": "Городской бюджет"},
    {"item": "Чай", "amount": "65 000", "source": "Спонсоры"},
]
STAKEHOLDERS = [{"involved": "140", "affected": "около 65 000 жителей"}]


def shares(practice):
    return [(share.source, share.amount) for share in practice.cost_shares.all()]


def test_practice_knows_what_it_cost_and_whom_it_reached():
    passport = admitted_passport(costs=COSTS, stakeholders=STAKEHOLDERS)

    practice = enter_bank(passport.application, award="", at=AT)

    practice.refresh_from_db()
    assert (practice.cost_total, practice.people_reached) == (365_000, 65_000)
    assert shares(practice) == [("Городской бюджет", 300_000), ("Спонсоры", 65_000)]


@pytest.mark.parametrize(
    ("amount", "affected"), [("по смете", "все жители"), ("9" * 15, "9" * 12), ("", "100 или 200 человек")]
)
def test_numbers_that_nobody_can_read_are_none(amount, affected):
    passport = admitted_passport(
        costs=[*COSTS, {"item": "Прочее", "amount": amount, "source": "Бюджет"}],
        stakeholders=[{"involved": "1", "affected": affected}],
    )

    practice = enter_bank(passport.application, award="", at=AT)

    practice.refresh_from_db()
    assert (practice.cost_total, practice.people_reached, shares(practice)) == (None, None, [])


def test_derive_numbers_reads_the_whole_bank_anew():
    practice = enter_bank(admitted_passport(costs=COSTS, stakeholders=STAKEHOLDERS).application, award="", at=AT)
    practice.cost_shares.all().delete()
    Practice.objects.update(cost_total=None, people_reached=1)

    call_command("derive_numbers", stdout=StringIO())

    practice.refresh_from_db()
    assert (practice.cost_total, practice.people_reached) == (365_000, 65_000)
    assert shares(practice) == [("Городской бюджет", 300_000), ("Спонсоры", 65_000)]
