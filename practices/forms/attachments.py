"""The forms of attachments. What a file is, is judged by what is in it: `documents.attached`."""

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.enums import AttachmentKind
from practices.models import Attachment

ACCEPTED = ".pdf,.docx,.jpg,.jpeg,.png"


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Files chosen in one go, as a list."""

    def clean(self, data, initial=None):
        return [super(SeveralFilesField, self).clean(one, initial) for one in data or [None]]


class AttachForm(forms.Form):
    files = SeveralFilesField(
        label=_("Files"),
        allow_empty_file=True,
        widget=SeveralFiles(attrs={"accept": ACCEPTED, "multiple": True}),
        error_messages={"required": _("Choose a file.")},
    )


class DescribeForm(forms.Form):
    """What stands beside a file. Who may only say whether it is published finds the rest switched off."""

    caption = forms.CharField(label=_("Caption"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("What it is"), choices=AttachmentKind.choices)
    for_publication = forms.BooleanField(label=_("May be published"), required=False)

    def __init__(self, data=None, *, attachment: Attachment, may_describe: bool, may_offer: bool):
        initial = {name: getattr(attachment, name) for name in ("caption", "kind", "for_publication")}
        super().__init__(data, initial=initial, prefix=f"file-{attachment.pk}")
        if not attachment.is_picture:
            self.fields["kind"].choices = [c for c in AttachmentKind.choices if c[0] != AttachmentKind.PHOTO]
        for name in ("caption", "kind"):
            self.fields[name].disabled = not may_describe
        self.fields["for_publication"].disabled = not may_offer
