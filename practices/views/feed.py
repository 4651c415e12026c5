"""New practices of the bank as an Atom feed: of any search, for it reads the same question as the page."""

import re
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed, get_tag_uri
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices.filters import BankFilter
from practices.models import Practice
from practices.templatetags.sharing import public
from practices.views.open_data import same_until_changed

NEWEST = 50
BEFORE_EVERYTHING = datetime(2017, 1, 1, tzinfo=UTC)
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class BankFeed(Atom1Feed):
    """An empty feed is as old as the contest, not as new as each question: its readers are answered with 304."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else BEFORE_EVERYTHING


@login_not_required
@require_safe
def bank_feed(request: HttpRequest) -> HttpResponse:
    """The practices that a question finds, the newest first; 400 and a sentence for what is no question."""
    asked = BankFilter(request.GET)
    if asked.problems:
        return HttpResponse(" ".join(asked.problems), status=400, content_type="text/plain; charset=utf-8")
    with translation.override(settings.LANGUAGE_CODE):  # one feed for all who read it
        return _feed(request, asked)


def _feed(request: HttpRequest, asked: BankFilter) -> HttpResponse:
    question = request.GET.urlencode()
    suffix = f"?{question}" if question else ""
    title = _("New practices: “%(words)s”") % {"words": asked.words} if asked.words else _("New practices of the bank")
    feed = BankFeed(
        title=_legible(title),
        link=public(reverse("practices:bank") + suffix),
        feed_url=public(reverse("practices:bank_feed") + suffix),
        description="",
        language=settings.LANGUAGE_CODE,
        author_name=_("Best municipal practices"),
    )
    found = asked.qs.select_related("territory", "theme", "nomination").order_by("-published_at", "-pk")
    for practice in found[:NEWEST]:
        _add(feed, practice)
    return same_until_changed(request, HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type))


def _add(feed: BankFeed, practice: Practice) -> None:
    address = public(practice.get_absolute_url())
    feed.add_item(
        title=_legible(f"{practice.card_title} ({practice.territory.name})"),
        link=address,
        description=_legible(practice.summary),
        unique_id=get_tag_uri(address.rstrip("/"), practice.published_at.date()),
        pubdate=practice.published_at,
        updateddate=practice.published_at,
        categories=[_legible(kind.title) for kind in (practice.theme, practice.nomination) if kind],
    )


def _legible(text: str) -> str:
    """Without what XML cannot hold."""
    return NOT_IN_XML.sub("", text)
