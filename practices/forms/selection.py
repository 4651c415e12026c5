"""A part of the bank to take away: what a query string asks for, as the bank's page answers it."""

from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from practices.filters import BankFilter, question_in_words
from practices.models import Practice

MOST_PICKED = 50
BESIDE = ("exact", "p")  # what a question has besides the bank's own parameters


class Selection:
    """The practices that a question finds in the bank, the best first; `p` picks some of them by their addresses.

    `problems` says what was not understood, a sentence each: nothing is to be taken away then.
    """

    def __init__(self, data: QueryDict):
        self._data = data
        self._asked = BankFilter(data)

    @cached_property
    def question(self) -> str:
        """The query string with what decides about the answer alone, so that equal questions are equal."""
        known = sorted({*BankFilter.base_filters, *BESIDE} & set(self._data))
        return urlencode([(name, value) for name in known for value in self._data.getlist(name) if value])

    @property
    def address(self) -> str:
        """Of the page of the bank that shows the same; what is picked one by one has none."""
        bank = reverse("practices:bank")
        return f"{bank}?{self.question}" if self.question and not self.picked else bank

    @property
    def picked(self) -> list[str]:
        return list(dict.fromkeys(slug for slug in self._data.getlist("p") if slug))

    @property
    def problems(self) -> list[str]:
        problems = self._asked.problems
        if len(self.picked) > MOST_PICKED:
            problems.append(_("At most %(most)s practices can be picked one by one.") % {"most": MOST_PICKED})
        if any("\x00" in slug for slug in self.picked):
            problems.append(_("There is no practice “%(value)s”.") % {"value": self.picked[0].replace("\x00", "")[:60]})
        return problems

    @property
    @translation.override(settings.LANGUAGE_CODE)
    def words(self) -> str:
        """The question as a title page says it."""
        said = question_in_words(self._asked)
        if self.picked:
            said.append(_("Chosen practices"))
        return "; ".join(said) or _("The whole bank")

    @cached_property
    def keys(self) -> list[int]:
        """The keys of the practices in the order of the answer."""
        practices = self._asked.practices().prefetch_related(None)
        if self.picked:
            practices = practices.filter(slug__in=self.picked)
        return list(practices.values_list("pk", flat=True))

    @property
    def count(self) -> int:
        return len(self.keys)

    def practices(self) -> list[Practice]:
        """The practices themselves with all that a card shows: for selections that fit into a book."""
        found = Practice.objects.published().with_card().in_bulk(self.keys)
        return [found[key] for key in self.keys if key in found]
