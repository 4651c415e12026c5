"""The organiser's form for passports of past years: a year and many files, or a ZIP of them."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from competition.models import Contest, Nomination, Territory
from practices.forms.word import MEGABYTE, SUFFIXES

ARCHIVE = ".zip"


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once; what is in them is judged where they are read."""

    def clean(self, data, initial=None):
        given = data if isinstance(data, list) else [data]
        return [super(ManyFilesField, self).clean(one, initial) for one in given or [None]]


class NominationField(forms.ModelChoiceField):
    def label_from_instance(self, nomination):
        return f"{nomination.contest.year}: {nomination.title}"


class OldPassportsForm(forms.Form):
    contest = forms.ModelChoiceField(
        Contest.objects.all(),
        label=_("Contest"),
        empty_label=_("Choose a year"),
        error_messages={"required": _("Choose a year.")},
    )
    nomination = NominationField(
        Nomination.objects.select_related("contest").order_by("-contest__year", "order", "title"),
        label=_("Nomination"),
        required=False,
        empty_label=_("Not told"),
        help_text=_("Needed only for a year whose results are not announced: the jury compares within a nomination."),
    )
    files = ManyFilesField(
        label=_("Files or a ZIP"),
        allow_empty_file=True,
        widget=ManyFilesInput(attrs={"accept": ",".join([*SUFFIXES, ARCHIVE])}),
        error_messages={"required": _("Choose files.")},
    )

    def clean_files(self):
        """A single passport that is too large gets its line in the report; only the whole has to fit."""
        files = self.cleaned_data["files"]
        if sum(file.size for file in files) > settings.MAX_REQUEST_BYTES:
            raise forms.ValidationError(
                _("The files have more than %(limit)s MB together. Upload them in parts."),
                params={"limit": settings.MAX_REQUEST_BYTES // MEGABYTE},
            )
        return files

    def clean(self):
        cleaned = super().clean()
        contest, nomination = cleaned.get("contest"), cleaned.get("nomination")
        if contest and nomination and nomination.contest_id != contest.pk:
            self.add_error("nomination", _("This nomination belongs to another year."))
        if contest and not nomination and contest.announced_at is None and not self.has_error("nomination"):
            self.add_error("nomination", _("Choose a nomination: the results of this year are not announced yet."))
        return cleaned


class ReadAgainForm(forms.Form):
    """Another try with a file that was not brought in, with the city that it does not tell."""

    territory = forms.ModelChoiceField(
        Territory.objects.all(),
        label=_("City"),
        required=False,
        empty_label=_("As the passport tells"),
        widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
    )
