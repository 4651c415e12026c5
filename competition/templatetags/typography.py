"""How Russian text, sums and moments are set. Filters of plain text: they touch only spaces, quotes and dashes."""

import re
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from django import template
from django.template.defaultfilters import stringfilter
from django.utils import formats
from django.utils.translation import gettext

register = template.Library()

NBSP = "\u00a0"
SHORT = 200  # characters; titles, names and labels stand on many pages, passages on one
MOSCOW = ZoneInfo("Europe/Moscow")

SHORT_WORDS = "а|без|в|во|вы|да|для|до|за|и|из|или|к|ко|мы|на|над|не|ни|но|о|об|от|по|под|при|с|со|то|у|что|я"
AFTER_SHORT_WORD = re.compile(rf"(?<![\w-])({SHORT_WORDS}) (?=\S)", re.IGNORECASE)
BEFORE_PARTICLE = re.compile(r"(?<=\w) (?=(?:же|бы|ли|ж|б)(?![\w-]))", re.IGNORECASE)
AFTER_NUMBER = re.compile(r"(?<=\d) (?=[\w%₽°])")
AFTER_ABBREVIATION = re.compile(r"(?<![\w.])((?:г|гг|ул|д|им|п|пп|ст|стр|рис|обл|пос|с|т)\.) (?=\w)", re.IGNORECASE)
AFTER_SIGN = re.compile(r"([№§]) (?=\S)")
INITIALS = re.compile(r"(?<!\w)([А-ЯЁA-Z]\.) (?=[А-ЯЁA-Z])")
DASH = re.compile(r"(?<=\S)[ \u00a0]+[-–—](?=\s)")
YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d) ?[-–—] ?((?:19|20)\d\d)(?![\d-])")
OPENS_QUOTE = re.compile(r"[\s(\[{«„—–-]")


@register.filter
@stringfilter
def nbsp(text: str) -> str:
    """Set a plain text by the rules of Russian typography; its words stay as their author wrote them.

    Not for HTML: a quote of an attribute would be taken for a quotation, so the result is never marked safe.
    """
    return _set_short(text) if len(text) <= SHORT else _set(text)


def _set(text: str) -> str:
    text = quotes(text)
    text = YEARS.sub(r"\1–\2", text)
    text = DASH.sub(f"{NBSP}—", text)
    for pattern in (AFTER_SHORT_WORD, AFTER_ABBREVIATION, AFTER_SIGN, INITIALS):
        text = pattern.sub(rf"\1{NBSP}", text)
    for pattern in (BEFORE_PARTICLE, AFTER_NUMBER):
        text = pattern.sub(NBSP, text)
    return text


_set_short = lru_cache(maxsize=4096)(_set)


def quotes(text: str) -> str:
    """Straight quotes as «ёлочки», inside them as „лапки“; one that closes nothing is left as it is (5" is inches)."""
    if '"' not in text:
        return text
    set_text, depth = [], 0
    for index, character in enumerate(text):
        if character == '"':
            opens = index == 0 or OPENS_QUOTE.match(text[index - 1])
            if opens:
                depth += 1
                character = "«" if depth == 1 else "„"
            elif depth:
                character = "»" if depth == 1 else "“"
                depth -= 1
        elif character in "«„":
            depth += 1
        elif character in "»“" and depth:
            depth -= 1
        set_text.append(character)
    return "".join(set_text)


@register.filter
def number(value) -> str:
    """A number for reading: 10 000 in groups, 1600 together, a fraction with the comma of the language."""
    if value is None or value == "":
        return ""
    whole, _point, fraction = f"{Decimal(str(value)):f}".partition(".")
    digits = whole.lstrip("-")
    if len(digits) > 4:
        digits = f"{int(digits):,}".replace(",", NBSP)
    fraction = fraction.rstrip("0")
    separator = formats.get_format("DECIMAL_SEPARATOR") if fraction else ""
    return f"{'−' if whole.startswith('-') else ''}{digits}{separator}{fraction}"


@register.filter
def roubles(value) -> str:
    """A sum as 365 000 ₽, with its kopecks (always two digits) only when there are some."""
    if value is None or value == "":
        return ""
    amount = Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = number(amount)
    if amount % 1 and amount * 10 % 1 == 0:
        text += "0"
    return f"{text}{NBSP}₽"


@register.filter
def short_roubles(value) -> str:
    """A great sum as it is said: 2,6 млн ₽; below a million as `roubles` has it, without kopecks."""
    if value is None or value == "":
        return ""
    amount = Decimal(str(value))
    for size, unit in ((10**9, gettext("billion")), (10**6, gettext("million"))):
        if abs(amount) >= size:
            return f"{number((amount / size).quantize(Decimal('0.1'), ROUND_HALF_UP))}{NBSP}{unit}{NBSP}₽"
    return f"{number(amount.quantize(Decimal(1), ROUND_HALF_UP))}{NBSP}₽"


@register.filter
def moscow(moment: datetime | None) -> str:
    """A moment as everybody in the contest counts it: «31 мая, 23:59 МСК»."""
    return f"{day_and_time(moment, MOSCOW)}{NBSP}{moscow_time()}" if moment else ""


@register.filter
def in_zone(moment: datetime | None, zone: str) -> str:
    """The same moment on a reader's clock, with its distance from Moscow: «1 июня, 03:59 (МСК+4)»."""
    if not moment:
        return ""
    there = ZoneInfo(zone)
    ahead = (moment.astimezone(there).utcoffset() - moment.astimezone(MOSCOW).utcoffset()).total_seconds() / 3600
    distance = f"{ahead:+g}".replace("-", "−") if ahead else ""
    return f"{day_and_time(moment, there)} ({moscow_time()}{distance})"


def day_and_time(moment: datetime, zone: ZoneInfo) -> str:
    return formats.date_format(moment.astimezone(zone), "j E, H:i").replace(" ", NBSP, 1)


def moscow_time() -> str:
    return gettext("MSK")
