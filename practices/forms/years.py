"""Which years of the contest statistics are asked for."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from practices.statistics import ALL_YEARS, Years


class YearsForm(forms.Form):
    """From one year on record to another. Either may be left open; what is not understood asks for all years."""

    def __init__(self, data, *, years: list[int]):
        super().__init__(data)
        for name, label, whichever in (
            ("from", _("From the year"), _("the first year")),
            ("to", _("To the year"), _("the last year")),
        ):
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                choices=[("", whichever), *((str(year), str(year)) for year in years)],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
                error_messages={"invalid_choice": _("There are no statistics of such a year: choose one of the list.")},
            )

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and first > last:
            raise forms.ValidationError(_("The first year comes after the last: all years are shown."))
        return cleaned

    @property
    def chosen(self) -> Years:
        return Years(self.cleaned_data["from"], self.cleaned_data["to"]) if self.is_valid() else ALL_YEARS

    @property
    def query(self) -> str:
        """What was understood, as an address asks for it again."""
        given = (("from", self.chosen.first), ("to", self.chosen.last))
        return urlencode([(name, year) for name, year in given if year])

    @property
    def problems(self) -> list[str]:
        """What was not understood, a sentence each."""
        found = [str(problem) for problems in self.errors.values() for problem in problems]
        return list(dict.fromkeys(found))
