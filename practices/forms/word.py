"""The forms that take a passport out of Word: the upload, and what is to become of each part of the file."""

from django import forms
from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from practices.forms.sections import LARGEST_VERSION
from practices.taking import Choice

MEGABYTE = 1024 * 1024
SUFFIXES = (".docx", ".doc", ".odt", ".rtf", ".pdf")


class UploadForm(forms.Form):
    """One file. What is inside is judged by `documents.word_in`, never by the name or by what the browser says."""

    file = forms.FileField(
        label=_("Passport in Word"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        error_messages={"required": _("Choose a file.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
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


class Manner(TextChoices):
    """What happens to the text that a section has already."""

    REPLACE = "replace", _("In place of the text that the application has")
    APPEND = "append", _("After the text that the application has")


class TakeOverForm(forms.Form):
    """What is to be taken over and whereto, and which version of each section the reviewer had before their eyes.

    A section of the file is ticked, and goes to its own section unless another is chosen; a piece without a place needs
    no tick but a section. To choose another section is as good as a tick. What is neither is left in the file.
    """

    take = forms.MultipleChoiceField(
        required=False, error_messages={"invalid_choice": _("There is no such section in the file.")}
    )
    picture = forms.TypedMultipleChoiceField(
        required=False, coerce=int, error_messages={"invalid_choice": _("There is no such picture in the file.")}
    )

    def __init__(self, *args, parts, targets, pictures=0, **kwargs):
        """`parts`: keys of `practices.taking.Part`; `targets`: (code, title) of the sections that may be written."""
        super().__init__(*args, **kwargs)
        self.parts = parts
        self.fields["take"].choices = [(key, key) for key, part in parts.items() if part.has_place]
        self.fields["picture"].choices = [(number, number) for number in range(pictures)]
        for key, part in parts.items():
            first = (part.code, _("Its own section")) if part.has_place else ("", _("Leave it in the file"))
            others = [(code, title) for code, title in targets if code != first[0]]
            self.fields[f"to-{key}"] = forms.ChoiceField(
                label=_("Into section"),
                choices=[first, *others],
                required=False,
                widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
                error_messages={"invalid_choice": _("The form has no such section, or it is closed.")},
            )
            if part.has_place:
                self.fields[f"how-{key}"] = forms.ChoiceField(
                    choices=Manner,
                    required=False,
                    initial=Manner.REPLACE,
                    widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
                )
        written = [*(code for code, _title in targets), *(part.code for part in parts.values() if part.has_place)]
        for code in dict.fromkeys(written):
            self.fields[f"version-{code}"] = forms.IntegerField(
                min_value=0, max_value=LARGEST_VERSION, required=False, widget=forms.HiddenInput
            )

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        cleaned["choices"] = list(filter(None, map(self._choice, self.parts.values())))
        if not cleaned["choices"] and not cleaned["picture"]:
            raise forms.ValidationError(_("Tick what is to be taken over."))
        cleaned["seen"] = {choice.to: cleaned.get(f"version-{choice.to}") for choice in cleaned["choices"]}
        if None in cleaned["seen"].values():
            raise forms.ValidationError(_("The request does not say which version of the section it changes."))
        return cleaned

    def _choice(self, part) -> Choice | None:
        to = self.cleaned_data[f"to-{part.key}"]
        if not part.has_place:
            return Choice(part.key, to, append=True) if to else None
        if part.key not in self.cleaned_data["take"] and to in {"", part.code}:
            return None
        is_moved = to not in {"", part.code}
        append = is_moved or self.cleaned_data[f"how-{part.key}"] == Manner.APPEND
        return Choice(part.key, to or part.code, append=append)
