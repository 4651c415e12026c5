"""What kind of source pays, read of the words in which people name it. Pure.

A source is free text («бюджет ЗАТО г. Железногорск», «средства гранта ФПГ»), so kinds are a closed set known by words,
and what no word tells is «прочее»: a sum is never moved to a kind by guessing.
"""

import re
from functools import lru_cache

from practices.enums import Funding

# The first that fits one part of a source is its kind.
_WORDS = (
    (Funding.GRANTS, r"грант"),
    (Funding.OWN, r"собственн|\bличн|\bсвои[хм]?\b|жител|населени|граждан|родител|участник"),
    (Funding.GRANTS, r"внебюджет"),
    (
        Funding.SPONSORS,
        r"спонсор|пожертвован|благотвор|меценат|партнер|предприяти|предпринимател(?!ьств)|бизнес|компани|концерн|завод|комбинат|росатом"
        r"|\b(?:ао|оао|зао|ооо|пао|фгуп|аэс)\b",
    ),
    (Funding.REGIONAL, r"субъект"),
    (Funding.FEDERAL, r"федерал|федераци|\bрф\b"),
    (Funding.MUNICIPAL, r"муницип|местн|\bгород|\bг\.|\bзато\b|район|поселен|\bмб\b"),
    (Funding.REGIONAL, r"област|кра(?:й|я|е)|республик|регион|автономн|губернатор|правительств"),
    (Funding.MUNICIPAL, r"администрац"),
    (Funding.BUDGET, r"бюджет"),
    (Funding.GRANTS, r"\bфонд"),
)
_KINDS = [(kind, re.compile(pattern)) for kind, pattern in _WORDS]
_PARTS = re.compile(r"[,;+/]|\sи\s")
_OKRUG = re.compile(r"\b((?:чукотск|ненецк|ямало-ненецк|ханты-мансийск)\w*)\s+ао\b")  # no joint-stock company
_REGION = re.compile(
    r"\s*(?:[\w-]+(?:ая|ой|ий|ого|его)\s+(?:область|области|край|края|республика|республики)"
    r"|республик[аи]\s+[\w-]+|[\w-]+\s+автономн\w+\s+округ\w*)\s*"
)


@lru_cache(maxsize=4096)
def kind_of(source: str) -> Funding:
    """The kind of a source; several kinds named together are a kind of their own, for the sum cannot be divided."""
    plain = _OKRUG.sub(r"\1 автономный округ", source.casefold().replace("ё", "е"))
    if not any(letter.isalnum() for letter in plain):
        return Funding.UNNAMED
    first, *others = _PARTS.split(plain)
    parts = [first, *(part for part in others if not _REGION.fullmatch(part))]  # «г. Саров, Нижегородская область»
    kinds = {kind for part in parts if (kind := _kind_of_part(part))}
    if kinds > {Funding.BUDGET}:
        kinds.discard(Funding.BUDGET)  # «муниципальный, областной и федеральный бюджеты»: said of the ones before
    return Funding.SEVERAL if len(kinds) > 1 else next(iter(kinds), Funding.OTHER)


def _kind_of_part(part: str) -> Funding | None:
    return next((kind for kind, pattern in _KINDS if pattern.search(part)), None)
