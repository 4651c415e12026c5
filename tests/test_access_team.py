"""What colleagues get from every address at which an owner is somebody: no such address may be missing from the table.

An editor gets what the owner gets but for what binds the applicant, a reader what can be read; somebody who has left
and the coordinator of the city, to whom the owners show everything, get none of these pages.
"""

import pytest
from django.urls import reverse
from django.utils import timezone

from competition.enums import Role
from competition.models import Application
from tests.factories import CoordinatorFactory, TeamMemberFactory, UserFactory
from tests.test_access import ACCESS, world  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# name of the address in ACCESS: what (owner, editor, reader) get
TEAM = {
    #                                         owner editor reader
    "practices:application_detail": (200, 200, 200),
    "practices:passport_preview": (200, 200, 200),
    "practices:application_donor": (200, 403, 403),
    "practices:application_donor of no adoption": (403, 403, 403),
    "practices:section_donor": (200, 200, 200),
    "practices:application_continue": (200, 403, 403),
    "practices:application_continue too early": (403, 403, 403),
    "practices:application_carried": (200, 200, 200),
    "practices:passport_docx": (200, 200, 200),
    "practices:passport_pdf": (200, 200, 200),
    "practices:section_edit": (200, 200, 200),
    "practices:section_clean": (200, 200, 403),
    "practices:application_submit": (422, 403, 403),
    "practices:application_withdraw": (200, 403, 403),
    "practices:attachment_list": (200, 200, 200),
    "practices:attachment_file": (200, 200, 200),
    "practices:attachment_preview": (200, 200, 200),
    "practices:attachment_edit": (422, 422, 403),
    "practices:attachment_remove": (200, 200, 403),
    "practices:consent_list": (200, 200, 200),
    "practices:consent_withdraw": (200, 403, 403),
    "practices:import_upload": (200, 200, 403),
    "practices:import_review": (200, 200, 200),
    "practices:import_file": (200, 200, 200),
    "practices:section_paste": (200, 200, 403),
    "practices:section_history": (200, 200, 200),
    "practices:section_presence": (200, 200, 200),
    "practices:section_presence submitted": (200, 200, 200),
    "competition:team": (200, 200, 200),
    "competition:team submitted": (200, 200, 200),
    "competition:team_member": (302, 403, 403),
    "competition:team_invitation": (302, 403, 403),
    "competition:team_leave": (403, 200, 200),
    "competition:owner_note": (403, 302, 403),
    "competition:city_consent": (302, 403, 403),
    "practices:application_detail submitted": (200, 200, 200),
    "practices:passport_preview submitted": (200, 200, 200),
    "practices:passport_docx submitted": (200, 200, 200),
    "practices:passport_pdf submitted": (200, 200, 200),
    "practices:section_edit submitted": (200, 200, 200),
    "practices:section_clean submitted": (403, 403, 403),
    "practices:section_paste submitted": (403, 403, 403),
    "practices:section_history submitted": (200, 200, 200),
    "practices:application_submit submitted": (302, 302, 302),
    "practices:application_withdraw submitted": (200, 403, 403),
    "practices:attachment_list submitted": (200, 200, 200),
    "practices:attachment_file submitted": (200, 200, 200),
    "practices:attachment_preview submitted": (200, 200, 200),
    "practices:attachment_edit submitted": (302, 403, 403),
    "practices:attachment_remove submitted": (403, 403, 403),
    "practices:consent_list submitted": (200, 200, 200),
    "practices:import_upload submitted": (403, 403, 403),
    "practices:practice_confirm of a passport": (302, 302, 403),
    "judging:outcome": (200, 200, 200),
}


@pytest.fixture
def people(world):  # noqa: F811 - the fixture
    """The same people around every application of the owner."""
    owner, now = world.people["owner"], timezone.now()
    people = {name: UserFactory() for name in ("editor", "reader", "former", "coordinator")}
    for application in owner.applications.all():
        TeamMemberFactory(application=application, user=people["editor"])
        TeamMemberFactory(application=application, user=people["reader"], role=Role.READER)
        TeamMemberFactory(application=application, user=people["former"], left_at=now)
        CoordinatorFactory(user=people["coordinator"], territory=application.territory)
    Application.objects.update(shared_with_city_at=now)
    return {"owner": owner, **people}


def is_the_owners(answers) -> bool:
    _visitor, stranger, owner, *_others = answers
    return owner != stranger


def test_no_address_of_the_owner_escapes_the_table():
    assert set(TEAM) == {name for name, (_method, _key, answers) in ACCESS.items() if is_the_owners(answers)}


def test_colleagues_get_what_the_table_says(world, people, client):  # noqa: F811
    answers = {}
    for name in TEAM:
        method, key, _answers = ACCESS[name]
        url = reverse(name.split()[0], args=world.args[key])
        answers[name] = tuple(status_for(person, method, url, client) for person in people.values())

    # Who has left the team, and the city's coordinator, get what a stranger gets
    strangers = {name: ACCESS[name][2][1] for name in TEAM}
    assert answers == {name: (*expected, strangers[name], strangers[name]) for name, expected in TEAM.items()}


def status_for(person, method, url, client) -> int:
    client.force_login(person)
    response = getattr(client, method)(url)
    if response.streaming:
        assert b"".join(response)  # read to its end, which closes the file
    return response.status_code
