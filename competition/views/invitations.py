"""The page behind the link of an invitation: accept, decline, or be told why neither works."""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.verdicts import Refused
from competition import services
from competition.enums import InvitationState
from competition.queries import invitation_for, role_of


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at it answers nothing, for mail programs open links by themselves; a button does."""
    found = invitation_for(token)
    now = timezone.now()
    if found.state != InvitationState.OPEN or found.is_expired(at=now):
        return _over(request, found)
    if request.user.is_authenticated and not request.user.owns_address(found.email):
        return render(request, "competition/invitation_elsewhere.html", {"path": request.path}, status=403)
    match request.POST.get("do"):
        case "accept" if request.user.is_authenticated:
            return _accept(request, found, now)
        case "register" if not request.user.is_authenticated:
            return _register(request, found)
        case "decline":
            services.decline_invitation(found, at=now)
            messages.success(request, _("You have declined the invitation."))
            return redirect("portal:desk" if request.user.is_authenticated else "portal:home")
    return _page(request, found)


def _page(request, found, *, reason="", status=200) -> HttpResponse:
    context = {"invitation": found, "application": found.application, "path": request.path, "reason": reason}
    return render(request, "competition/invitation.html", context, status=status)


def _over(request, found) -> HttpResponse:
    """Answered, called back or late. Whoever accepted it and comes again finds the application."""
    if request.user.is_authenticated and role_of(request.user, found.application):
        return redirect(found.application)
    return render(request, "competition/invitation_over.html", {"invitation": found}, status=410)


def _accept(request, found, now) -> HttpResponse:
    try:
        application = services.accept_invitation(found, by=request.user, at=now)
    except Refused as refusal:
        found.refresh_from_db()
        return _page(request, found, reason=refusal.reason, status=403)
    messages.success(request, _("Welcome. The application is on your list from now on."))
    return redirect(application)


def _register(request, found) -> HttpResponse:
    """SECURITY: the link went to this address alone, so who holds it needs no second letter to confirm the address."""
    get_adapter().stash_verified_email(request, found.email)
    return redirect(f"{reverse('account_signup')}?{urlencode({'next': request.path})}")
