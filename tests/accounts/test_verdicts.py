import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy

from accounts.verdicts import YES, Refused, no, require


def test_yes_lets_the_act_happen():
    assert YES
    require(YES)


def test_no_carries_its_reason_to_the_refusal():
    verdict = no(gettext_lazy("You have no access to this page."))

    assert not verdict
    with pytest.raises(Refused) as refusal:
        require(verdict)
    assert refusal.value.reason == "У вас нет доступа к этой странице."
    assert isinstance(refusal.value, PermissionDenied)  # so that Django answers 403
