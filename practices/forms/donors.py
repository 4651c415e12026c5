"""What was done with one section of the donor, and which practice the donor is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from practices import blocks
from practices.donors import MOST_OFFERED, practices_to_adopt
from practices.enums import DonorChoice
from practices.forms.start import DonorField
from practices.models import Practice

LONGEST_REASON = 3_000


class ComparisonForm(forms.Form):
    """Each field carries what its reader saw, so that a page sent as a whole changes only what was changed in it."""

    choice = forms.ChoiceField(
        label=_("What did you do with this section of the donor?"),
        choices=DonorChoice,
        required=False,
        widget=forms.RadioSelect,
        show_hidden_initial=True,
    )
    why = forms.CharField(
        label=_("Why you did so"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        show_hidden_initial=True,
    )

    def clean_why(self):
        return blocks.clean_text(self.cleaned_data["why"], limit=LONGEST_REASON).strip()

    @property
    def changes(self) -> dict[str, str]:
        """The fields that came, but for those that came as they were read."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name in self.data and (self[name].html_initial_name not in self.data or name in self.changed_data)
        }


class DonorSearchForm(forms.Form):
    q = forms.CharField(label=_("Words of the practice or its city"), required=False, max_length=200)

    @property
    def words(self) -> str:
        return self.cleaned_data["q"] if self.is_valid() else ""


class ChooseDonorForm(forms.Form):
    """One of the practices that were found; any public one is taken, for the list may have changed meanwhile."""

    donor = DonorField(
        label=_("Donor practice"),
        queryset=Practice.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the practice that your city adopted.")},
    )

    def __init__(self, *args, words: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["donor"]
        field.queryset = Practice.objects.published().select_related("territory", "contest")
        found = list(practices_to_adopt(words)[: MOST_OFFERED + 1])
        self.is_cut = len(found) > MOST_OFFERED
        field.choices = [(practice.pk, field.label_from_instance(practice)) for practice in found[:MOST_OFFERED]]
