"""Letters with what is new in the bank for a saved search. What a question means `practices.filters` says anew."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.letters import deliver_letter
from practices.filters import BankFilter, question_in_words
from practices.models import Practice, SavedSearch
from practices.services.saved_searches import PERIOD, VALID_FOR, forget_unconfirmed

logger = logging.getLogger(__name__)

LONGEST_QUESTION = 3000  # letters of a query string
MOST_IN_LETTER = 20
# A practice's moment of publication is taken before it is committed: what is younger than this may not be seen yet.
SETTLED = timedelta(minutes=15)
LEASE = timedelta(hours=1)  # a letter takes seconds; whoever holds a search longer has died over it


def normal_form(asked: BankFilter) -> str:
    """The question as a query string with what was understood of it, equal for equal questions."""
    parameters = QueryDict(mutable=True)
    if asked.words:
        parameters["q"] = asked.words
    for facet, chosen in sorted(asked.chosen.items()):
        parameters.setlist(facet, sorted(chosen))
    return parameters.urlencode()


def in_words(asked: BankFilter) -> str:
    """The question for people: «Слова: двор; Год: 2019, 2020»."""
    return "; ".join(question_in_words(asked)) or _("The whole bank")


def said_of(search: SavedSearch) -> str:
    return in_words(BankFilter(QueryDict(search.question)))


@dataclass(frozen=True)
class News:
    """What one letter tells: the first of the new practices and how many there are, what is not understood any more.

    `is_over`: nothing of the question is understood, so there is nothing left to follow.
    """

    said: str
    practices: list[Practice]
    count: int
    problems: list[str]
    is_over: bool

    @property
    def is_worth_a_letter(self) -> bool:
        return bool(self.count) or self.is_over


def news_for(search: SavedSearch, *, until: datetime) -> News:
    """What was published since the last letter, is public now and answers the question, the best first."""
    asked = BankFilter(QueryDict(search.question))
    if asked.problems and not normal_form(asked):
        return News(search.question, [], 0, asked.problems, is_over=True)
    found = asked.practices().filter(published_at__gt=search.told_until, published_at__lte=until)
    return News(in_words(asked), list(found[:MOST_IN_LETTER]), found.count(), asked.problems, is_over=False)


def is_anything_due(*, at: datetime) -> bool:
    """Whether `send_due_searches` has anything to look at: a letter, or an address to forget."""
    lapsed = Q(confirmed_at=None, asked_at__lt=at - VALID_FOR)
    return SavedSearch.objects.filter(Q(next_at__lte=at) | lapsed).exists()


def send_due_searches(*, at: datetime) -> int:
    """Send the letters that are due and return how many; run it as often and in as many places as you like.

    Each search is claimed by a conditional update, so no two workers send the same letter. It counts as told only
    when the mail server has taken the letter: one that failed, or whose worker died, is tried again later.
    """
    forget_unconfirmed(at=at)
    due = SavedSearch.objects.confirmed().filter(next_at__lte=at).order_by("next_at", "pk")
    sent = 0
    for key in list(due.values_list("pk", flat=True)):
        try:
            sent += _tell(key, at=at)
        except Exception:  # one search that cannot be answered keeps nobody else's letter; its own is tried again
            logger.exception("Saved search %s could not be answered", key)
    return sent


def _tell(key: int, *, at: datetime) -> bool:
    free = Q(claimed_at=None) | Q(claimed_at__lt=at - LEASE)
    if not SavedSearch.objects.filter(free, pk=key, next_at__lte=at).update(claimed_at=at):
        return False
    search = SavedSearch.objects.filter(pk=key).first()
    if search is None:  # left in this moment
        return False
    until = at - SETTLED
    with translation.override(settings.LANGUAGE_CODE):
        news = news_for(search, until=until)
        is_sent = news.is_worth_a_letter and _send(search, news)
    mine = SavedSearch.objects.filter(pk=key, claimed_at=at)
    if news.is_worth_a_letter and not is_sent:
        mine.update(claimed_at=None)
    elif news.is_over:
        mine.delete()
    else:
        told = max(until, search.told_until)
        mine.update(claimed_at=None, told_until=told, next_at=_next(search, at=at))
    return is_sent


def _next(search: SavedSearch, *, at: datetime) -> datetime:
    """The first moment after now at the hour of the day at which this person's letters come."""
    period = PERIOD[search.frequency]
    return search.next_at + period * ((at - search.next_at) // period + 1)


def _send(search: SavedSearch, news: News) -> bool:
    """Whether the mail server has taken the letter."""
    leave = settings.PUBLIC_URL + reverse("practices:search_leave", args=[search.leaving_token])
    headers = {"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    context = {"search": search, "news": news, "more": news.count - len(news.practices)}
    try:
        deliver_letter("search_news", to=search.email, context=context, headers=headers)
    except (SMTPException, OSError):
        logger.exception("A letter of saved search %s could not be sent; it is tried again", search.pk)
        return False
    return True
