"""The border of the desks: what organiser and jurors type, turned into what the services take."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from judging.models import Juror
from practices.enums import Award

MAX_COMMENT = 5000
MAX_REMARK = 3000
LONGEST_REVISION = timedelta(days=366)


class MarkForm(forms.Form):
    """One mark on the scale of its criterion: a whole number from zero up."""

    def __init__(self, criterion, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["value"] = forms.IntegerField(
            min_value=0, max_value=criterion.highest, error_messages={"required": _("Choose a mark.")}
        )


class CommentForm(forms.Form):
    """A juror's words to one criterion; blank takes them back."""

    comment = forms.CharField(required=False, max_length=MAX_COMMENT, strip=False)


class RecusalForm(forms.Form):
    """Why the juror steps aside."""

    reason = forms.CharField(
        label=_("What ties you to the applicant"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a word or two what the conflict is.")},
    )


class DeclineForm(forms.Form):
    """Why the application is not admitted; the applicant reads it."""

    reason = forms.CharField(
        label=_("Reason, for the applicant"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the reason: the applicant will get it by letter.")},
    )


class RemarksForm(forms.Form):
    """Remarks pinned to sections, a field for each section of the form, and the day until which to answer them."""

    until = forms.DateField(
        label=_("Revise until, inclusive"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, sections, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.codes = [section.code for section in sections]
        for section in sections:
            self.fields[f"remark-{section.code}"] = forms.CharField(
                label=_("Remark to section %(number)s") % {"number": section.number},
                required=False,
                max_length=MAX_REMARK,
                widget=forms.Textarea(attrs={"rows": 3, "form": "return-form"}),
            )

    def field_of(self, code: str) -> forms.BoundField:
        return self[f"remark-{code}"]

    def clean_until(self):
        day = self.cleaned_data["until"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is past already."))
        if day > timezone.localdate() + LONGEST_REVISION:
            raise forms.ValidationError(_("Choose a day within a year from now."))
        return day

    def clean(self):
        if not self.has_error("until") and not self.remarks:
            raise forms.ValidationError(_("Write a remark to at least one section: only those open for revision."))
        return super().clean()

    @property
    def remarks(self) -> dict[str, str]:
        written = {code: self.cleaned_data.get(f"remark-{code}", "") for code in self.codes}
        return {code: text for code, text in written.items() if text}

    @property
    def last_moment(self) -> datetime:
        """The last second of the chosen day in Moscow."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"], time(23, 59, 59)))


class AssignForm(forms.Form):
    """Ticked pairs of juror and application, «key:juror»; pairs of other years are no choice."""

    pair = forms.MultipleChoiceField(error_messages={"required": _("Tick whom to assign.")})

    def __init__(self, applications, jurors, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.pairs = {f"{a.key}:{j.pk}": (j, a) for a in applications for j in jurors}
        self.fields["pair"].choices = [(pair, pair) for pair in self.pairs]

    def chosen(self) -> list[tuple[Juror, object]]:
        return [self.pairs[pair] for pair in self.cleaned_data["pair"]]


class AnnounceForm(forms.Form):
    """The award of each application, the standings that were looked at, and a yes despite warnings."""

    seen = forms.CharField(widget=forms.HiddenInput)
    despite_warnings = forms.BooleanField(label=_("Announce despite the warnings"), required=False)

    def __init__(self, groups, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = [row.application.key for group in groups for row in group.rows]
        for row in (row for group in groups for row in group.rows):
            self.fields[f"award-{row.application.key}"] = forms.ChoiceField(
                label=_("Award: %(practice)s") % {"practice": row.application.title},
                choices=Award.choices,
                initial=row.proposed_award,
                widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
            )

    def field_of(self, key: str) -> forms.BoundField:
        return self[f"award-{key}"]

    @property
    def awards(self) -> dict[str, Award]:
        return {key: Award(self.cleaned_data[f"award-{key}"]) for key in self.keys}
