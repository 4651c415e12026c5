"""Allauth's forms with the portal's labels, hints and refusals."""

from allauth.account import forms as allauth_forms
from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

PASSWORD_HINT = _("At least 8 characters, not a common word, not like your name or e-mail.")

# field: (label, hint, what is said when it is left empty)
WORDS = {
    "name": (_("Your name"), _("As letters should address you."), _("Tell us how to address you")),
    "email": (_("E-mail"), "", _("Enter your e-mail, for example name@example.org")),
    "login": (_("E-mail"), "", _("Enter the e-mail you registered with")),
    "oldpassword": (_("Present password"), "", _("Enter your present password")),
    "password": (_("Password"), "", _("Enter your password")),
    "password1": (_("Password"), PASSWORD_HINT, _("Think of a password")),
    "password2": (_("Password once more"), "", _("Enter the same password once more")),
    "remember": (_("Remember me on this computer"), "", ""),
}


NOT_AN_ADDRESS = _("This does not look like an e-mail. It should be like name@example.org")


class Worded:
    """Says every field in our words. Placeholders go: they vanish with the first letter and are too pale to read."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label, field.help_text, required = WORDS[name]
            field.error_messages["required"] = required
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = NOT_AN_ADDRESS


class NewPassword(Worded):
    """For a person who has a password already: the one asked for is the new one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password once more")


class LoginForm(Worded, allauth_forms.LoginForm):
    pass


class SignupForm(Worded, allauth_forms.SignupForm):
    """Registration asks for a name besides e-mail and password; the adapter keeps it."""

    name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ["name", "email", "password1", "password2"]

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def try_save(self, request):
        """Two presses of the button race past the check for a registered address; the constraint stops the second."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class ReauthenticateForm(Worded, allauth_forms.ReauthenticateForm):
    pass


class ResetPasswordForm(Worded, allauth_forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(NewPassword, allauth_forms.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(NewPassword, allauth_forms.ChangePasswordForm):
    pass


class SetPasswordForm(Worded, allauth_forms.SetPasswordForm):
    pass


class AddEmailForm(Worded, allauth_forms.AddEmailForm):
    pass
