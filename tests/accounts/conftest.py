import pytest
from allauth.account.models import EmailAddress

from tests.factories import UserFactory

PASSWORD = "long-Enough-7"


@pytest.fixture
def anna(db):
    """A person who registered and confirmed the address."""
    user = UserFactory(email="anna@example.org", name="Анна")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def post(client, db, django_capture_on_commit_callbacks):
    """Post a form and let what waits for the commit happen, letters above all."""

    def post_and_commit(url, data=None, **extra):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(url, data or {}, **extra)

    return post_and_commit
