"""What the owner of an application and those who help fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from competition.enums import TEAM_ROLES


class InviteForm(forms.Form):
    """Whom to invite, and as what. Whether the address has an account is nobody's business, so it is not asked."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={
            "required": _("Enter the address to send the invitation to"),
            "invalid": _("This does not look like an e-mail. It should be like name@example.org"),
        },
    )
    role = forms.ChoiceField(
        label=_("What they may do"),
        choices=[(role, role.label) for role in TEAM_ROLES],
        initial=TEAM_ROLES[0],
        widget=forms.RadioSelect,
    )

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class NoteForm(forms.Form):
    """A few words to the owner of an application."""

    text = forms.CharField(
        label=_("Your words to the owner"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "short"}),
        error_messages={"required": _("Write what the owner should know")},
    )


class ReadyForm(NoteForm):
    """An editor says that their part is done; that much needs no words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        self.fields["text"].label = _("Add a few words if you wish")
