"""The form of the consent to publication: by category, nothing ticked beforehand."""

from django import forms
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from competition.enums import Category
from competition.queries import wording_of


class PublicationForm(forms.Form):
    """Which categories may be published. `wording` tells which text was read: if it has changed, it is read again."""

    categories = forms.MultipleChoiceField(required=False)
    wording = forms.CharField(required=False)

    def __init__(self, data=None, *, contest, chosen=()):
        super().__init__(data)
        prefetch_related_objects([contest], "clauses")
        self.current_wording = wording_of(contest)
        self.clauses = {clause.category: clause for clause in contest.clauses.all()}
        self.fields["categories"].choices = [(category, category.label) for category in Category]
        self.chosen = set(chosen if data is None else self.data.getlist("categories"))

    @property
    def offers(self) -> list[dict]:
        """What can be chosen, for the template: value, label, words, whether it is ticked."""
        return [
            {"value": c.value, "label": c.label, "text": self.clauses[c].text, "is_chosen": c.value in self.chosen}
            for c in Category
            if c in self.clauses
        ]

    def clean_wording(self):
        given = self.cleaned_data["wording"]
        if given and given != self.current_wording:
            raise forms.ValidationError(_("The words of the consent have changed meanwhile. Read them again."))
        return given
