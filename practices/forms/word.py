"""The forms that take a passport out of Word: the upload, and the ticks of what is to be taken over."""

from pathlib import PurePath

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from practices.forms.sections import LARGEST_VERSION

MEGABYTE = 1024 * 1024


class UploadForm(forms.Form):
    """One .docx. What is inside is judged by `documents.word_in`, never by the name or by what the browser says."""

    file = forms.FileField(
        label=_("Passport in Word, .docx"),
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"accept": ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
        ),
        error_messages={"required": _("Choose a file.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        suffix = PurePath(file.name).suffix.lower()
        if suffix != ".docx":
            raise forms.ValidationError(
                _("The file “%(name)s” cannot be read. Open it in Word and save it as .docx."),
                params={"name": file.name},
            )
        if not file.size:
            raise forms.ValidationError(_("The file is empty."))
        if file.size > settings.MAX_WORD_FILE_BYTES:
            raise forms.ValidationError(
                _("The file has %(size)s MB, at most %(limit)s MB are taken. Compress the pictures in it."),
                params={
                    "size": -(-file.size // MEGABYTE),
                    "limit": settings.MAX_WORD_FILE_BYTES // MEGABYTE,
                },
            )
        return file


class TakeOverForm(forms.Form):
    """Which sections to take over, and which version of each the reviewer had before their eyes."""

    take = forms.MultipleChoiceField(
        error_messages={
            "required": _("Tick what is to be taken over."),
            "invalid_choice": _("There is no such section in the file."),
        }
    )

    def __init__(self, *args, codes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["take"].choices = [(code, code) for code in codes]
        for code in codes:
            self.fields[f"version-{code}"] = forms.IntegerField(
                min_value=0, max_value=LARGEST_VERSION, required=False, widget=forms.HiddenInput
            )

    def clean(self):
        cleaned = super().clean()
        if any(cleaned.get(f"version-{code}") is None for code in cleaned.get("take", [])):
            raise forms.ValidationError(_("The request does not say which version of the section it changes."))
        return cleaned

    @property
    def chosen(self) -> dict[str, int]:
        return {code: self.cleaned_data[f"version-{code}"] for code in self.cleaned_data["take"]}
