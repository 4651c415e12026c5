"""The demonstration is shut out of portals that are in use."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from competition.models import Contest, Territory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_demo_is_refused_on_a_working_portal():
    with pytest.raises(CommandError, match="--i-know"):
        call_command("load_demo")

    assert not User.objects.exists()
    assert not Territory.objects.exists()


def test_demo_if_empty_touches_no_base_in_use(settings):
    settings.AT_HOME = True
    Contest.objects.create(year=2030)

    call_command("load_demo", if_empty=True, verbosity=0)

    assert list(Contest.objects.values_list("year", flat=True)) == [2030]
    assert not User.objects.exists()
