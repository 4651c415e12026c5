"""The picture of a practice for whoever passes its link on."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices.bank import practice_for_reader
from practices.documents import card
from practices.enums import Award
from practices.models import Practice
from practices.views.open_data import same_until_changed

KEPT_SECONDS = 24 * 3600


@login_not_required
@require_safe
def practice_card(request: HttpRequest, slug: str) -> HttpResponse:
    """Drawn once a day at most and kept under the hash of its words; with the practice it leaves at once."""
    told = card_of(practice_for_reader(slug))
    picture = caches["pages"].get_or_set(f"card-{told.digest}", lambda: card.draw(told), KEPT_SECONDS)
    return same_until_changed(request, HttpResponse(picture, content_type="image/png"))


def card_of(practice: Practice) -> card.Card:
    """What the picture says: in Russian, whoever asks, for it goes on to others."""
    territory = practice.territory
    with translation.override("ru"):
        return card.Card(
            brand=_("Best municipal practices"),
            title=practice.card_title,
            place=territory.name,
            details=_("%(region)s · contest of %(year)s") % {"region": territory.region, "year": practice.contest.year},
            award=practice.get_award_display(),
            is_winner=practice.award == Award.WINNER,
            latitude=float(territory.latitude),
            longitude=float(territory.longitude),
        )
