"""How a section was written: who changed what and when, and the way back to an earlier text."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.verdicts import require
from practices import services
from practices.forms.sections import LARGEST_VERSION
from practices.history import content_of, difference, sittings_of
from practices.permissions import can_edit_section, can_see_history
from practices.queries import passport_for, section_for


class RestoreForm(forms.Form):
    """Which version comes back, and which one the person had before their eyes."""

    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION)
    seen = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION)


@require_safe
def section_history(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """The section's sittings, and what one of them changed: against what stood before it, or against the text now."""
    passport = passport_for(request.user, key)
    require(can_see_history(request.user, passport.application))
    section = section_for(passport, code)
    sittings = sittings_of(section.section)
    shown = _shown(sittings, request.GET.get("version", ""))
    context = {
        "application": passport.application,
        "section": section,
        "sittings": sittings,
        "shown": shown,
        "is_now": shown is not None and shown.version == section.section.version,
        "against_now": request.GET.get("against") == "now",
        "verdict": can_edit_section(request.user, passport, code, at=timezone.now()),
        "nav": "applications",
    }
    if shown:
        context["difference"] = _difference(section, shown, against_now=context["against_now"])
    return render(request, "practices/section_history.html", context)


def _shown(sittings, version: str):
    """The sitting that was asked for by its last version, the latest without asking; None where nothing is written."""
    if not version:
        return next(iter(sittings), None)
    shown = next((sitting for sitting in sittings if str(sitting.version) == version), None)
    if shown is None:
        raise Http404
    return shown


def _difference(section, shown, *, against_now: bool):
    then = content_of(section.section, shown.version, section.template)
    if against_now:
        return difference(then, section.content, section.template)
    return difference(content_of(section.section, shown.version_before, section.template), then, section.template)


@require_POST
def section_restore(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Make an earlier text the section's text again, as a version of its own: nothing in between is lost."""
    passport = passport_for(request.user, key)
    require(can_see_history(request.user, passport.application))
    section = section_for(passport, code)
    form = RestoreForm(request.POST)
    if not form.is_valid():
        raise Http404
    version, seen = form.cleaned_data["version"], form.cleaned_data["seen"]
    content = content_of(section.section, version, section.template)
    try:
        services.save_section(passport, code, content, seen=seen, by=request.user, at=timezone.now())
    except services.Conflict:
        messages.warning(request, _("The section was changed in the meantime. Look at it again before going back."))
        history = reverse("practices:section_history", args=[key, code])
        return redirect(f"{history}?version={version}&against=now")
    messages.success(request, _("The earlier text is back. What stood here before is kept in the history."))
    return redirect("practices:section_edit", key=key, code=code)
