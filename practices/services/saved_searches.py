"""Following a question to the bank by letter: asked for, confirmed by a link, left by a link."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.letters import send_letter
from competition.models.team import digest_of, new_token
from practices.enums import Frequency
from practices.models import SavedSearch
from practices.models.saved_search import digest_of_question

VALID_FOR = timedelta(days=7)
NOT_AGAIN_FOR = timedelta(minutes=1)  # a double click, two tabs: one letter
PERIOD = {Frequency.DAILY: timedelta(days=1), Frequency.WEEKLY: timedelta(days=7)}


@transaction.atomic
def ask_to_follow(question: str, *, said: str, email: str, frequency: Frequency, at: datetime) -> None:
    """Send the address a letter with the link that confirms; `said` is the question in words.

    To an address that follows the question already goes a reminder with the way to leave. Whoever asks learns nothing
    of it. An earlier unconfirmed wish is renewed, and its earlier link stops working.
    """
    email, token = email.strip().lower(), new_token()
    wish = {"frequency": frequency, "token_digest": digest_of(token), "asked_at": at}
    search, is_new = SavedSearch.objects.get_or_create(
        email=email, question_digest=digest_of_question(question), defaults={"question": question, **wish}
    )
    if search.confirmed_at:
        send_letter("search_followed_already", to=email, context={"search": search, "said": said})
        return
    waiting = SavedSearch.objects.filter(pk=search.pk, confirmed_at=None, asked_at__lte=at - NOT_AGAIN_FOR)
    if is_new or waiting.update(**wish):
        context = {"said": said, "token": token, "frequency": frequency, "until": at + VALID_FOR}
        send_letter("search_to_confirm", to=email, context=context)


def search_to_confirm(token: str, *, at: datetime) -> SavedSearch | None:
    """The search that the link of a letter is for; None when the link is unknown, too old or replaced by a newer."""
    search = SavedSearch.objects.filter(token_digest=digest_of(token)).first()
    return search if search and (search.confirmed_at or at <= search.asked_at + VALID_FOR) else None


def confirm_search(search: SavedSearch, *, at: datetime) -> None:
    """From here on letters go out. Confirming again changes nothing."""
    SavedSearch.objects.filter(pk=search.pk, confirmed_at=None).update(
        confirmed_at=at, told_until=at, next_at=at + PERIOD[search.frequency]
    )


def leave_search(token: str) -> None:
    """Forget the search of the link, and with it the address. Leaving twice is leaving once."""
    SavedSearch.objects.of_leaving_token(token).delete()


def forget_unconfirmed(*, at: datetime) -> int:
    """Addresses that nobody confirmed in time are not ours to keep; returns how many were forgotten."""
    return SavedSearch.objects.filter(confirmed_at=None, asked_at__lt=at - VALID_FOR).delete()[0]
