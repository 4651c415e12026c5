from django import forms
from django.utils.translation import gettext_lazy as _


class SignupForm(forms.Form):
    """What registration asks for besides e-mail and password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("The organiser will address letters to it."),
    )
    field_order = ["name", "email", "password1", "password2"]

    def signup(self, request, user):
        """Nothing beyond the adapter's work: allauth asks for this method to exist."""
