"""What a reader may mean who is still typing: practices by their titles, cities, themes. Three queries."""

import re
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from competition.models import Territory
from practices.lemmas import lemmas_of, words
from practices.models import Practice, Theme
from practices.search import BY_YEAR, spaced
from practices.spelling import other_layouts

FEWEST_LETTERS = 2
MOST_PRACTICES, MOST_CITIES = 5, 3
_RUSSIAN = re.compile("[а-яё]", re.IGNORECASE)


@dataclass(frozen=True)
class Suggestions:
    """What begins as what was typed."""

    practices: list[Practice]
    cities: list[tuple[Territory, str]]  # with the address of the city's practices
    themes: list[tuple[Theme, str]]

    def __bool__(self):
        return bool(self.practices or self.cities or self.themes)


def suggestions(typed: str) -> Suggestions:
    """Titles and names with words that begin as the typed ones do, in whichever keyboard layout they were typed."""
    layouts = [typed] if _RUSSIAN.search(typed) else [typed, *other_layouts(typed)]
    tried = [begun for text in layouts if sum(map(len, begun := words(text))) >= FEWEST_LETTERS]
    if not tried:
        return Suggestions([], [], [])
    titled = reduce(or_, (_titled(begun) for begun in tried))
    found = Practice.objects.published().alias(spaced_title=spaced("title")).filter(titled)
    found = found.select_related("territory", "contest").order_by(*BY_YEAR)
    cities = Territory.objects.filter(practices__published_at__isnull=False).distinct().order_by("name", "region")
    return Suggestions(
        list(found[:MOST_PRACTICES]),
        [(city, _address(territory=city.slug)) for city in cities if _begins(city.name, tried)][:MOST_CITIES],
        [(theme, _address(theme=theme.slug)) for theme in Theme.objects.all() if _begins(theme.title, tried)],
    )


def _titled(begun: list[str]) -> Q:
    """Each word begins one of the title's, or is another form of one."""
    condition = Q()
    for word in begun:
        forms = (Q(spaced_title__contains=f" {lemma} ") for lemma in lemmas_of(word) if len(lemma) > FEWEST_LETTERS)
        condition &= reduce(or_, forms, Q(search_text__title__contains=f" {word}"))
    return condition


def _begins(name: str, tried: list[list[str]]) -> bool:
    there = words(name)
    return any(all(any(word.startswith(part) for word in there) for part in begun) for begun in tried)


def _address(**facet: str) -> str:
    return f"{reverse('practices:bank')}?{urlencode(facet)}"
