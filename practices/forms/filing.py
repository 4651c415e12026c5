"""The forms by which an application is filed and withdrawn."""

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.forms.consents import PublicationForm


class SubmitForm(PublicationForm):
    """The consent that filing needs, and apart from it the one to publication, which nobody needs to give.

    Whether the passport is complete is the service's to say.
    """

    consent = forms.BooleanField(
        label=_("Consent to the processing of personal data"),
        error_messages={"required": _("Without the consent the application cannot be sent.")},
    )


class WithdrawForm(forms.Form):
    """Why the applicant steps back, if they care to say."""

    reason = forms.CharField(
        label=_("Reason, if you wish to give one"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "short"}),
    )
