import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_address_is_stored_in_small_letters():
    assert User.objects.create_user(" Anna@Example.ORG ").email == "anna@example.org"


def test_one_account_an_address_whatever_its_case():
    User.objects.create(email="anna@example.org")

    with pytest.raises(IntegrityError):
        User.objects.create(email="Anna@example.org")


def test_person_is_called_by_name_or_by_address():
    assert str(User(email="anna@example.org", name="Анна")) == "Анна"
    assert str(User(email="anna@example.org")) == "anna@example.org"


def test_organiser_sees_people_but_neither_adds_nor_deletes_them(client):
    organiser = User.objects.create_superuser("organiser@example.org")
    client.force_login(organiser)

    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 200
    assert client.get(reverse("admin:accounts_user_change", args=[organiser.pk])).status_code == 200
    assert client.get(reverse("admin:accounts_user_add")).status_code == 403
    assert client.post(reverse("admin:accounts_user_delete", args=[organiser.pk])).status_code == 403
