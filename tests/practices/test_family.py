import pytest
from django.urls import reverse

from practices.enums import Kinship
from practices.family import MOST_RELATIVES, Relative, family_of
from practices.models import Practice
from tests.factories import ContestFactory, PracticeFactory, TerritoryFactory, utc

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]


def tree(relative: Relative) -> tuple:
    return relative.practice.title, [tree(follower) for follower in relative.followers]


@pytest.fixture
def line():
    """Саров, adopted by Дубна, adopted by Лесной twice over, each in a year of its own."""
    top = PracticeFactory(title="Саров")
    middle = PracticeFactory(title="Дубна", donor=top)
    self_ = PracticeFactory(title="Лесной", donor=middle)
    later = PracticeFactory(title="Позже", donor=self_, contest=ContestFactory(year=2021))
    PracticeFactory(title="Раньше", donor=self_, contest=ContestFactory(year=2019))
    PracticeFactory(title="Внук", donor=later)
    PracticeFactory(title="Сестра", donor=middle)
    return self_


def test_family_goes_up_to_the_farthest_donor_and_down_to_the_last_follower(line):
    family = family_of(line)

    followers = [("Раньше", []), ("Позже", [("Внук", [])])]
    assert tree(family.root) == ("Саров", [("Дубна", [("Лесной", followers)])])
    assert family.root.kinship == Kinship.DONOR
    assert family.donor == line.donor
    assert not family.is_cut


def test_family_ends_where_a_practice_is_not_published(line):
    Practice.objects.filter(title__in=("Саров", "Позже")).update(published_at=None)

    assert tree(family_of(line).root) == ("Дубна", [("Лесной", [("Раньше", [])])])


def test_family_without_relatives_is_alone():
    practice = PracticeFactory(donor=PracticeFactory(published_at=None))
    PracticeFactory(donor=practice, published_at=None)

    assert family_of(practice).is_alone
    assert family_of(practice).donor is None


def test_donors_in_a_circle_are_told_once_each():
    first, second = PracticeFactory(title="Первая"), PracticeFactory(title="Вторая")
    Practice.objects.filter(pk=first.pk).update(donor=second)
    Practice.objects.filter(pk=second.pk).update(donor=first)
    PracticeFactory(title="Третья", donor=first)

    first.refresh_from_db()

    assert tree(family_of(first).root) == ("Вторая", [("Первая", [("Третья", [])])])


def test_of_many_followers_the_nearest_are_told():
    practice = PracticeFactory()
    contest, territory = ContestFactory(), TerritoryFactory()
    Practice.objects.bulk_create(
        Practice(slug=f"n-{number}", donor=practice, contest=contest, territory=territory, published_at=utc(2021, 1, 1))
        for number in range(MOST_RELATIVES + 1)
    )

    family = family_of(practice)

    assert len(family.root.followers) == MOST_RELATIVES
    assert family.is_cut


def test_page_draws_the_family_as_a_list_in_lists(client, line):
    Practice.objects.filter(title="Раньше").update(award="winner")
    Practice.objects.filter(title="Внук").update(published_at=None)

    html = client.get(reverse("practices:practice_detail", args=[line.slug])).content.decode()

    assert html.count('class="relative relative-follower"') == 2
    assert html.count('class="relative relative-donor"') == 2
    assert "последователь, 2019, победитель" in html
    assert "Внук" not in html


@pytest.mark.parametrize("length", [1, 5])
def test_family_costs_the_same_for_few_and_many(length, django_assert_num_queries):
    practice = None
    for _n in range(length):
        practice = PracticeFactory(donor=practice)
    PracticeFactory.create_batch(length, donor=practice)
    practice = Practice.objects.get(pk=practice.pk)

    with django_assert_num_queries(3):  # up, down, who they are
        tree(family_of(practice).root)
