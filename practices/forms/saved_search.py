"""Where letters about a question to the bank shall go, and how often."""

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.enums import Frequency


class FollowForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Enter the address to send the letters to"),
            "invalid": _("This does not look like an e-mail. It should be like name@example.org"),
        },
    )
    frequency = forms.ChoiceField(
        label=_("How often"),
        choices=Frequency,
        initial=Frequency.WEEKLY,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how often to write"),
            "invalid_choice": _("Choose how often to write"),
        },
    )

    def clean_email(self):
        return self.cleaned_data["email"].lower()
