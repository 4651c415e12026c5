"""An adoption beside its donor: choosing the donor, comparing section by section, and who reads the comparison."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from accounts.verdicts import Refused
from competition.enums import Role, Status, TrackCode
from competition.models import Application
from practices import services
from practices.donors import comparisons_of, donor_beside, is_compared
from practices.enums import DonorChoice
from practices.models import DonorComparison
from practices.search import index_practice
from tests.factories import (
    ApplicationFactory,
    AssignmentFactory,
    ContestFactory,
    JurorFactory,
    PassportFactory,
    PracticeFactory,
    TeamMemberFactory,
    TrackFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

DONORS_WAY = "Каждый двор сам выбирает место"


@pytest.fixture
def donor():
    """A public practice with its passport."""
    passport = PassportFactory(
        application=ApplicationFactory(admitted=True),
        answers={
            "description": DONORS_WAY,
            "team": "Иванова Вера, руководитель",
            "costs": [{"item": "Доски", "amount": "30 000 рублей", "source": "Бюджет"}],
        },
    )
    return PracticeFactory(title="Двор без луж", passport=passport)


@pytest.fixture
def passport(donor):
    now = timezone.now()
    track = TrackFactory(
        contest=ContestFactory(year=now.year, announced_at=None),
        code=TrackCode.ADOPTION,
        opens_at=now - timezone.timedelta(days=5),
        closes_at=now + timezone.timedelta(days=5),
    )
    application = ApplicationFactory(contest=track.contest, track=track)
    return PassportFactory(application=application, donor=donor, answers={"donor": donor.title})


@pytest.fixture
def owner(client, passport):
    client.force_login(passport.application.owner)
    return client


def donor_url(passport):
    return reverse("practices:application_donor", args=[passport.application.key])


def section_url(passport, code="description"):
    return reverse("practices:section_donor", args=[passport.application.key, code])


def editor(client, passport, code="description"):
    return client.get(reverse("practices:section_edit", args=[passport.application.key, code]))


def words(response) -> str:
    """The page without its no-break spaces."""
    return response.content.decode().replace("\xa0", " ")


def compare(passport, code="description", **changes):
    return services.compare_with_donor(passport, code, changes, by=passport.application.owner, at=timezone.now())


def choose(passport, donor, by=None):
    return services.choose_donor(passport, donor, by=by or passport.application.owner, at=timezone.now())


def donor_text(passport):
    return passport.sections.get(code="donor").content


# --- beside the editor


def test_same_section_of_the_donor_stands_beside_the_new_one(owner, passport):
    page = words(editor(owner, passport))

    assert DONORS_WAY in page
    assert "Двор без луж" in page


def test_personal_sections_of_the_donor_stand_nowhere(owner, passport):
    for code in ("team", "contacts", "description", "title"):
        assert "Иванова" not in words(editor(owner, passport, code))
    assert owner.get(section_url(passport, "team")).status_code == 404


def test_practice_known_by_its_card_stands_beside_with_its_text(owner, passport):
    card = PracticeFactory(title="Зимний сад", description="Сад в бывшей котельной.")
    choose(passport, card)

    assert "Сад в бывшей котельной." in words(editor(owner, passport))


def test_donor_that_left_the_bank_is_shown_to_nobody(owner, passport, donor):
    compare(passport, choice=DonorChoice.KEPT)
    donor.published_at = None
    donor.save()

    assert DONORS_WAY not in words(editor(owner, passport))
    assert owner.get(section_url(passport)).status_code == 404
    passport.refresh_from_db()
    assert comparisons_of(passport) == []


def test_application_without_a_donor_has_nothing_beside(owner, passport):
    passport.donor = None
    passport.save()

    assert 'id="donor"' not in words(editor(owner, passport))
    assert owner.get(section_url(passport)).status_code == 404


def test_first_lines_and_personal_sections_are_not_compared(passport):
    compared = {template.code for template in passport.edition.templates if is_compared(template)}

    assert compared == set(passport.edition.shapes) - {"title", "territory", "donor", "team", "contacts"}


# --- what was done with it


def test_script_saves_one_field_and_leaves_the_other(owner, passport):
    compare(passport, choice=DonorChoice.CHANGED, why="У нас два двора")

    response = owner.post(
        section_url(passport), {"why": "У нас три двора"}, headers={"x-requested-with": "XMLHttpRequest"}
    )

    assert response.content.decode().startswith("Сохранено ")
    saved = DonorComparison.objects.get()
    assert (saved.choice, saved.why, saved.saved_by) == ("changed", "У нас три двора", passport.application.owner)


def test_reason_can_be_taken_back(owner, passport):
    compare(passport, choice=DonorChoice.CHANGED, why="У нас два двора")

    owner.post(section_url(passport), {"why": ""}, headers={"x-requested-with": "XMLHttpRequest"})

    assert DonorComparison.objects.get().why == ""


def test_page_sent_as_a_whole_changes_only_what_was_changed_in_it(owner, passport):
    page = {"initial-choice": "", "initial-why": "", "choice": "", "why": "Дворы меньше"}
    compare(passport, choice=DonorChoice.KEPT)  # by a colleague, after the page was read

    response = owner.post(section_url(passport), page)

    assert response["Location"].endswith("/sections/description/#donor")
    saved = DonorComparison.objects.get()
    assert (saved.choice, saved.why) == ("kept", "Дворы меньше")


def test_comparison_does_not_touch_the_section(owner, passport):
    before = passport.sections.get(code="description")

    owner.post(section_url(passport), {"choice": "dropped"})

    after = passport.sections.get(code="description")
    assert (after.content, after.version) == (before.content, before.version)


@pytest.mark.parametrize(("given", "status"), [({"choice": "stolen"}, 422), ({"why": "х" * 3001}, 422)])
def test_what_no_page_offers_is_not_saved(owner, passport, given, status):
    assert owner.post(section_url(passport), given).status_code == status
    assert (
        owner.post(section_url(passport), given, headers={"x-requested-with": "XMLHttpRequest"}).status_code == status
    )
    assert not DonorComparison.objects.exists()


def test_whoever_writes_the_section_compares_it(client, passport):
    writer = TeamMemberFactory(application=passport.application, role=Role.EDITOR).user
    reader = TeamMemberFactory(application=passport.application, role=Role.READER).user

    client.force_login(writer)
    assert client.post(section_url(passport), {"choice": "kept"}).status_code == 302
    client.force_login(reader)
    assert client.get(section_url(passport)).status_code == 200
    assert client.post(section_url(passport), {"choice": "dropped"}).status_code == 403
    by_script = client.post(
        section_url(passport), {"choice": "dropped"}, headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert (by_script.status_code, by_script["Content-Type"]) == (403, "text/plain; charset=utf-8")
    client.force_login(UserFactory())
    assert client.get(section_url(passport)).status_code == 404
    assert DonorComparison.objects.get().choice == "kept"


def test_filed_application_is_compared_no_more(owner, passport):
    Application.objects.filter(pk=passport.application_id).update(
        status=Status.SUBMITTED, submitted_at=timezone.now(), number="1"
    )

    assert owner.post(section_url(passport), {"choice": "kept"}).status_code == 403


def test_section_without_a_donor_cannot_be_compared(passport):
    for code in ("title", "team", "unknown"):
        with pytest.raises(LookupError):
            compare(passport, code, choice=DonorChoice.KEPT)


# --- another donor


def test_search_finds_practices_by_their_words(owner, passport, donor):
    other = PracticeFactory(title="Зимний сад")
    for practice in (donor, other, PracticeFactory(title="Сад на крыше", published_at=None)):
        index_practice(practice)

    page = owner.get(donor_url(passport), {"q": "сады"}).content.decode()

    assert "Зимний сад" in page
    assert "Сад на крыше" not in page
    assert f'value="{donor.pk}"' not in page


def test_owner_chooses_another_donor_and_the_section_follows(owner, passport):
    other = PracticeFactory(title="Зимний сад")

    response = owner.post(donor_url(passport), {"donor": other.pk})

    passport.refresh_from_db()
    assert response.status_code == 302
    assert passport.donor == other
    assert donor_text(passport) == {"blocks": [{"text": "Зимний сад"}]}


def test_section_written_by_hand_stays_and_is_said_to(owner, passport):
    by_hand = {"blocks": [{"text": "Двор без луж, город Глазов, 2019 год"}]}
    passport.sections.filter(code="donor").update(content=by_hand)

    response = owner.post(donor_url(passport), {"donor": PracticeFactory(title="Зимний сад").pk})

    assert donor_text(passport) == by_hand
    assert any("написан вручную" in str(message) for message in get_messages(response.wsgi_request))


def test_comparison_belongs_to_its_donor(passport, donor):
    compare(passport, choice=DonorChoice.CHANGED, why="Дворы меньше")
    template = passport.edition.template("description")

    choose(passport, PracticeFactory(title="Зимний сад"))
    passport.refresh_from_db()
    assert donor_beside(passport, template).comparison.choice == ""
    assert comparisons_of(passport) == []

    choose(passport, donor)
    passport.refresh_from_db()
    assert donor_beside(passport, template).comparison.why == "Дворы меньше"


def test_only_the_owner_chooses_the_donor(client, passport):
    editor = TeamMemberFactory(application=passport.application, role=Role.EDITOR).user
    client.force_login(editor)

    assert client.get(donor_url(passport)).status_code == 403
    with pytest.raises(Refused):
        choose(passport, PracticeFactory(), by=editor)


def test_only_an_adoption_has_a_donor(client):
    passport = PassportFactory()
    client.force_login(passport.application.owner)

    assert client.get(donor_url(passport)).status_code == 403


def test_practice_outside_the_bank_is_no_donor(owner, passport, donor):
    hidden = PracticeFactory(published_at=None)

    assert owner.post(donor_url(passport), {"donor": hidden.pk}).status_code == 422
    passport.refresh_from_db()
    assert passport.donor == donor


# --- who reads it


@pytest.fixture
def compared(passport):
    compare(passport, choice=DonorChoice.CHANGED, why="Дворы меньше, места выбирали дети")
    Application.objects.filter(pk=passport.application_id).update(
        status=Status.ADMITTED, submitted_at=timezone.now(), number="1"
    )
    passport.refresh_from_db()
    return passport


def test_organiser_and_jury_read_what_was_changed(client, compared):
    contest = compared.application.contest
    contest.judging_opens_at = timezone.now() - timezone.timedelta(days=1)
    contest.judging_closes_at = timezone.now() + timezone.timedelta(days=1)
    contest.save()
    juror = JurorFactory(contest=contest)
    sheet = AssignmentFactory(juror=juror, application=compared.application, declared=True)

    client.force_login(UserFactory(is_staff=True))
    review = client.get(reverse("admin:application_review", args=[compared.application.key]))
    client.force_login(juror.user)
    score = client.get(reverse("admin:score_sheet", args=[sheet.pk]))

    for page in (review, score):
        assert "места выбирали дети" in page.content.decode()


def test_public_page_tells_what_was_changed(client, compared, donor):
    practice = PracticeFactory(title="Три двора", passport=compared, donor=donor)

    page = client.get(practice.get_absolute_url()).content.decode()

    assert "Что изменили по сравнению с донором" in page
    assert "места выбирали дети" in page
    assert "Что изменили" not in client.get(donor.get_absolute_url()).content.decode()
