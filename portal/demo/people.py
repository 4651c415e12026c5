"""The people of the demonstration and the organisations they work for."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import User
from competition.models import Membership, Organisation, Territory
from portal.demo.fixtures import read

PASSWORD = "demo-portal"  # noqa: S105 - told to everybody in the README


def load_people() -> None:
    """Make who is missing; whoever is there keeps a name or a password changed since."""
    data = read("demo_people")
    password = make_password(PASSWORD)  # slow on purpose, so once for all
    for person in data["people"]:
        user, _created = User.objects.get_or_create(
            email=person["email"],
            defaults={"name": person["name"], "password": password, "is_staff": person.get("is_organiser", False)},
        )
        EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    for item in data["organisations"]:
        organisation, _created = Organisation.objects.get_or_create(
            name=item["name"],
            territory=Territory.objects.get(slug=item["territory"]),
            defaults={"kind": item["kind"]},
        )
        for email in item["members"]:
            Membership.objects.get_or_create(organisation=organisation, user=User.objects.get(email=email))
