"""The form by which a colleague of another city asks for a practice."""

from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.models import AdoptionRequest

MOST_LETTERS = 3000
CONSENT = _(
    "I agree that the portal passes my name, city, organisation, e-mail and question to the team of the practice and "
    "to the organiser of the contest, and keeps them for a year."
)


class AdoptionRequestForm(forms.ModelForm):
    """`token` names the form itself: sent twice, it is one question."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    consent = forms.BooleanField(
        label=CONSENT, error_messages={"required": _("Without the consent the request cannot be passed on.")}
    )

    class Meta:
        model = AdoptionRequest
        fields = ["name", "city", "organisation", "email", "text"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "city": forms.TextInput(attrs={"autocomplete": "address-level2", "list": "cities"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "text": forms.Textarea(attrs={"rows": 6, "class": "short", "maxlength": MOST_LETTERS}),
        }
        help_texts = {
            "organisation": _("If you ask on behalf of one."),
            "email": _("The team answers to this address. Nobody else sees it but the team and the organiser."),
            "text": _("Which materials, what you would like to ask. The team gets your words as you write them."),
        }
        error_messages = {
            "name": {"required": _("Write how to address you.")},
            "city": {"required": _("Name your city.")},
            "email": {"required": _("Write the address that the team can answer to.")},
            "text": {"required": _("Write what you need.")},
        }

    def __init__(self, *args, initial=None, **kwargs):
        super().__init__(*args, initial={"token": uuid4(), **(initial or {})}, **kwargs)

    def clean_token(self) -> UUID:
        """A spoilt one costs nobody their question."""
        try:
            return UUID(self.cleaned_data["token"])
        except ValueError:
            return uuid4()

    def clean_name(self):
        return self._one_line("name")

    def clean_city(self):
        return self._one_line("city")

    def clean_organisation(self):
        return self._one_line("organisation")

    def _one_line(self, name: str) -> str:
        return " ".join(self.cleaned_data[name].split())

    @property
    def asked(self) -> dict:
        """What the service keeps, with the words that were agreed to."""
        return {**self.cleaned_data, "consent": str(CONSENT)}
