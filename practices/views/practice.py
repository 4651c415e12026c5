"""The page of a practice in the public bank."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from practices import services
from practices.adoption import asking_cities
from practices.article import Article
from practices.bank import dead_hosts, practice_for_reader
from practices.donors import comparisons_of
from practices.enums import AttachmentKind
from practices.family import Family, family_of
from practices.models import Passport, Practice
from practices.permissions import can_confirm
from practices.queries import Audience, adoption_tracks, published_attachments, read_sections, with_sections
from practices.related import related_to
from practices.trust import completeness_of, confirmation_of, published_of
from practices.version import for_everybody

RELATED = 3


@login_not_required
@require_safe
@for_everybody
def practice_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A practice to read: its whole passport but for what is personal, or the card of the years before passports."""
    practice, now = practice_for_reader(slug), timezone.now()
    family = family_of(practice)
    track, next_track = adoption_tracks(at=now)
    crumbs = [
        (reverse("practices:bank"), _("Bank of practices")),
        (practice.territory.get_absolute_url(), practice.territory.name),
        (None, practice.card_title),
    ]
    return render(
        request,
        "practices/practice_detail.html",
        {
            "practice": practice,
            **(_passport(practice, family) if practice.passport_id else {}),
            "crumbs": crumbs,
            "donor": family.donor,
            "family": family,
            "related": related_to(practice, limit=RELATED),
            "adoption_track": track,
            "next_track": next_track,
            "asking": asking_cities(practice, at=now),
            "confirmation": confirmation_of(practice, at=now),
            "may_confirm": request.user.is_authenticated and can_confirm(request.user, practice),
            "address": f"{settings.PUBLIC_URL}{practice.get_absolute_url()}",
        },
    )


def _passport(practice: Practice, family: Family) -> dict:
    """What the page of a practice with a passport shows of it."""
    practice.passport = passport = with_sections(Passport.objects.filter(pk=practice.passport_id)).get()
    sections = read_sections(passport, audience=Audience.PUBLIC)
    attachments = published_attachments(passport)
    photos = [file for file in attachments if file.kind == AttachmentKind.PHOTO]
    papers = [file for file in attachments if file.kind != AttachmentKind.PHOTO]
    return {
        "article": Article(sections, dead_hosts()),
        "compared": comparisons_of(passport) if family.donor else [],
        "photos": photos,
        "papers": papers,
        "completeness": completeness_of(sections),
        "published": published_of(passport, sections, photos=photos, papers=papers),
    }


@require_POST
def practice_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """«Практика действует»: its team or the organiser says so, and the page tells since when."""
    practice = practice_for_reader(slug)
    if services.confirm_practice(practice, by=request.user, at=timezone.now()):
        messages.success(request, _("Thank you: the page says that the practice was confirmed today."))
    else:
        messages.info(request, _("The practice has been confirmed already."))
    return redirect(practice)
