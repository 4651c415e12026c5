"""The page of a practice in the public bank."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from practices.adoption import asking_cities
from practices.article import Article
from practices.bank import dead_hosts, practice_for_reader
from practices.donors import comparisons_of
from practices.enums import AttachmentKind
from practices.family import family_of
from practices.models import Passport
from practices.queries import Audience, adoption_tracks, published_attachments, read_sections, with_sections
from practices.related import related_to
from practices.version import for_everybody

RELATED = 3


@login_not_required
@require_safe
@for_everybody
def practice_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A practice to read: its whole passport but for what is personal, or the card of the years before passports."""
    practice = practice_for_reader(slug)
    article, compared = None, []
    if practice.passport_id:
        passport = with_sections(Passport.objects.filter(pk=practice.passport_id)).get()
        article = Article(read_sections(passport, audience=Audience.PUBLIC), dead_hosts())
        compared = comparisons_of(passport)
    now = timezone.now()
    track, next_track = adoption_tracks(at=now)
    crumbs = [
        (reverse("practices:bank"), _("Bank of practices")),
        (practice.territory.get_absolute_url(), practice.territory.name),
        (None, practice.card_title),
    ]
    family = family_of(practice)
    attachments = published_attachments(passport) if practice.passport_id else []
    return render(
        request,
        "practices/practice_detail.html",
        {
            "practice": practice,
            "article": article,
            "photos": [file for file in attachments if file.kind == AttachmentKind.PHOTO],
            "papers": [file for file in attachments if file.kind != AttachmentKind.PHOTO],
            "crumbs": crumbs,
            "donor": family.donor,
            "compared": compared if family.donor else [],
            "family": family,
            "related": related_to(practice, limit=RELATED),
            "adoption_track": track,
            "next_track": next_track,
            "asking": asking_cities(practice, at=now),
        },
    )
