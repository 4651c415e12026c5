"""Which years a brochure is asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from competition.models import Contest

UNKNOWN = _("There are no results of a contest of that year. Choose years from %(first)s to %(last)s.")


class BrochureForm(forms.Form):
    """`from` and `to`, both among the announced years; what is left out is the first and the last of them.

    `contests` are those years in their order: not empty.
    """

    def __init__(self, data, *, contests: list[Contest]):
        super().__init__(data)
        self.contests = contests
        years = [(str(contest.year), str(contest.year)) for contest in contests]
        span = {"first": years[0][0], "last": years[-1][0]}
        for name in ("from", "to"):  # `from` is a word of Python's
            field = forms.ChoiceField(choices=years, required=False)
            field.error_messages["invalid_choice"] = UNKNOWN % span
            self.fields[name] = field

    def clean(self):
        if self.chosen and not self.chosen_contests:
            raise forms.ValidationError(_("The first year is later than the last."))
        return self.cleaned_data

    @property
    def chosen(self) -> tuple[int, int] | None:
        """The first and the last year; None when one of them was not understood."""
        if not {"from", "to"} <= self.cleaned_data.keys():
            return None
        first, last = self.contests[0].year, self.contests[-1].year
        return int(self.cleaned_data["from"] or first), int(self.cleaned_data["to"] or last)

    @property
    def chosen_contests(self) -> list[Contest]:
        first, last = self.chosen
        return [contest for contest in self.contests if first <= contest.year <= last]

    @property
    def problems(self) -> list[str]:
        """What was not understood, a sentence each."""
        return list(dict.fromkeys(str(problem) for problems in self.errors.values() for problem in problems))
