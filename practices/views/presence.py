"""The page of a section tells every few seconds that it is open, and hears who else has the same section open."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.verdicts import require
from competition.permissions import can_see_team
from competition.queries import application_for
from practices import services
from practices.models import Passport
from practices.permissions import can_edit_section
from practices.presence import colleagues_at_work, has_colleagues

EVERY_SECONDS = 20


@require_POST
def section_presence(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """A sentence in plain text, empty when nobody else is there. It leaves the session alone, which so ends in time."""
    now = timezone.now()
    application = application_for(request.user, key)
    require(can_see_team(request.user, application))
    passport = get_object_or_404(Passport.objects.select_related("edition"), application=application)
    passport.application = application
    if not passport.sections.filter(code=code).exists():
        raise Http404
    if has_colleagues(request.user, application) and can_edit_section(request.user, passport, code, at=now):
        services.note_presence(passport, code, by=request.user, at=now)
    here = colleagues_at_work(passport, request.user, at=now).get(code, [])
    return HttpResponse(sentence(here), content_type="text/plain; charset=utf-8")


def presence_context(passport, code: str, user, *, at) -> dict:
    """What the editor's page shows of it; nothing for a person who works alone."""
    if not has_colleagues(user, passport.application):
        return {}
    here = colleagues_at_work(passport, user, at=at).get(code, [])
    return {"presence": {"sentence": sentence(here), "every_ms": int(EVERY_SECONDS * 1000)}}


def sentence(names: list[str]) -> str:
    """«Анна Петрова сейчас в этом разделе»."""
    if not names:
        return ""
    said = ngettext("%(names)s has this section open now", "%(names)s have this section open now", len(names))
    return said % {"names": ", ".join(names)}
