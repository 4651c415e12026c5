"""Practices like a given one, and why: rare words that both have, the same theme, the same city."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from django.db.models import Case, Q, When
from django.utils.translation import gettext as _

from practices.lemmas import STOP_WORDS, lemmas, lemmas_of, names_something, with_yo, words
from practices.models import Practice, SearchEntry
from practices.search import BY_YEAR, having_any, spread
from practices.version import kept

SAME_THEME, SAME_CITY = 1.0, 0.5
IN_TITLE, IN_SUMMARY = 2, 1  # in either practice
MOST_WORDS = 10
MOST_CANDIDATES = 400  # that the words bring; commoner words say little
LEAST_SHARE = 4  # a word that more than a quarter of the bank has is no likeness
LEAST_OFTEN = 2
SHORTEST_WORD = 3
MOST_SHOWN = 3
FACTS = ("pk", "theme", "territory", "contest__year", "order")


@dataclass(frozen=True)
class Related:
    practice: Practice
    reasons: list[str]


@dataclass
class _Candidate:
    """What decides a place: rare words in common, then theme and city; newer years first among equals."""

    pk: int
    has_theme: bool
    has_city: bool
    year: int
    order: int
    shared: dict[str, float]

    @property
    def rank(self) -> tuple:
        likeness = sum(self.shared.values()) + SAME_THEME * self.has_theme + SAME_CITY * self.has_city
        return -round(likeness, 9), -self.year, self.order, self.pk


def related_to(practice: Practice, *, limit: int) -> list[Related]:
    """The most like practices of the bank: the same number of queries, and bounded work, for a bank of any size."""
    best = kept(("related", practice.pk, limit), lambda: _most_like(practice, limit))
    shown = Practice.objects.published().with_card().in_bulk([candidate.pk for candidate in best])
    return [Related(shown[candidate.pk], _reasons(candidate)) for candidate in best if candidate.pk in shown]


def _most_like(practice: Practice, limit: int) -> list[_Candidate]:
    candidates = {candidate.pk: candidate for candidate in _of_theme_or_city(practice, limit)}
    candidates |= {candidate.pk: candidate for candidate in _sharing_words(practice)}
    return sorted(candidates.values(), key=lambda candidate: candidate.rank)[:limit]


def _of_theme_or_city(practice: Practice, limit: int) -> list[_Candidate]:
    kinship = Q(territory=practice.territory_id)
    nearness = Case(When(territory=practice.territory_id, then=SAME_CITY), default=0.0)
    if practice.theme_id:
        kinship |= Q(theme=practice.theme_id)
        nearness += Case(When(theme=practice.theme_id, then=SAME_THEME), default=0.0)
    others = Practice.objects.published().filter(kinship).exclude(pk=practice.pk)
    found = others.order_by(nearness.desc(), *BY_YEAR).values_list(*FACTS)[:limit]
    return [_candidate(practice, facts, {}) for facts in found]


def _sharing_words(practice: Practice) -> list[_Candidate]:
    """The practices with rare words of this one's title and summary in title or summary of their own."""
    rarity = _rare_words(practice)
    if not rarity:
        return []
    entries = SearchEntry.objects.filter(having_any(rarity), practice__published_at__isnull=False)
    found = entries.exclude(pk=practice.pk).values_list("title", "summary", *(f"practice__{name}" for name in FACTS))
    candidates = [
        _candidate(practice, facts, _shared(rarity, title.split(), summary.split())) for title, summary, *facts in found
    ]
    return [candidate for candidate in candidates if candidate.shared]


def _rare_words(practice: Practice) -> dict[str, float]:
    """The rarest lemmas of title and summary and what each is worth, as many as bring a bounded number of practices."""
    weights = dict.fromkeys(_spoken(practice.summary), IN_SUMMARY)
    weights |= dict.fromkeys(_spoken(f"{practice.title} {practice.short_title}"), IN_TITLE)
    city = practice.territory
    for lemma in lemmas(f"{city.name} {city.full_name} {city.region}"):
        weights.pop(lemma, None)
    bank = SearchEntry.objects.count()
    most = min(MOST_CANDIDATES, max(LEAST_OFTEN, bank // LEAST_SHARE))
    often = {lemma: count for lemma, count in spread(weights, most=most).items() if 1 < count < bank}
    rare, room = {}, MOST_CANDIDATES
    for lemma in sorted(often, key=lambda lemma: (often[lemma], lemma))[:MOST_WORDS]:
        room -= often[lemma]
        if room < 0:
            break
        rare[lemma] = weights[lemma] * log(bank / often[lemma]) / log(bank)
    return rare


def _spoken(text: str) -> Iterable[str]:
    """The likeliest lemma of each word that names something: no verbs, pronouns, numbers."""
    for word in words(text):
        lemma = lemmas_of(word)[0]
        if word not in STOP_WORDS and len(lemma) >= SHORTEST_WORD and names_something(word):
            yield lemma


def _shared(rarity: dict[str, float], title: list[str], summary: list[str]) -> dict[str, float]:
    shared = {lemma: rarity[lemma] * IN_SUMMARY for lemma in summary if lemma in rarity}
    return shared | {lemma: rarity[lemma] * IN_TITLE for lemma in title if lemma in rarity}


def _candidate(practice: Practice, facts, shared: dict[str, float]) -> _Candidate:
    pk, theme, territory, year, order = facts
    has_theme = practice.theme_id is not None and theme == practice.theme_id
    return _Candidate(pk, has_theme, territory == practice.territory_id, year, order, shared)


def _reasons(candidate: _Candidate) -> list[str]:
    reasons = []
    if candidate.has_theme:
        reasons.append(_("the same theme"))
    if candidate.has_city:
        reasons.append(_("the same city"))
    if candidate.shared:
        best = sorted(candidate.shared, key=lambda lemma: (-candidate.shared[lemma], lemma))[:MOST_SHOWN]
        reasons.append(_("words in common: %(words)s") % {"words": ", ".join(with_yo(lemma) for lemma in sorted(best))})
    return reasons
