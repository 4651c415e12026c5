"""Who works on an application: the page on which the owner invites, the others see whom they work with."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.verdicts import Refused, require
from competition import services
from competition.enums import TEAM_ROLES, Role
from competition.forms import InviteForm, ReadyForm
from competition.permissions import can_leave, can_manage_team, can_see_team
from competition.queries import application_for, coordinators_of, invitation_of, member_for, members_of


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, key: str) -> HttpResponse:
    """The team and the open invitations; the owner invites here."""
    application = application_for(request.user, key)
    require(can_see_team(request.user, application))
    if request.method != "POST":
        return _page(request, application, InviteForm())
    require(can_manage_team(request.user, application))
    form = InviteForm(request.POST)
    if form.is_valid() and _invite(request, application, form=form, **form.cleaned_data):
        return redirect("competition:team", key=key)
    return _page(request, application, form, status=422)


def _invite(request, application, *, email, role, form) -> bool:
    try:
        services.invite(application, email=email, role=role, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error("email", refusal.reason)
        return False
    messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": email})
    return True


def _page(request, application, form, *, status=200) -> HttpResponse:
    now = timezone.now()
    manage = can_manage_team(request.user, application)
    invitations = list(application.invitations.open()) if manage else []
    context = {
        "application": application,
        "members": members_of(application),
        "invitations": [(invitation, invitation.is_expired(at=now)) for invitation in invitations],
        "notes": application.notes.select_related("by")[:5] if manage else [],
        "coordinators": coordinators_of(application.territory),
        "manage": manage,
        "leave": can_leave(request.user, application),
        "form": form,
        "nav": "applications",
    }
    return render(request, "competition/team.html", context, status=status)


@require_POST
def team_member(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """What the owner does about a colleague: another role, the offer of ownership, the end of the work."""
    application = application_for(request.user, key)
    require(can_manage_team(request.user, application))
    member = member_for(application, pk)
    now, person = timezone.now(), {"person": member.user}
    match request.POST.get("do"):
        case role if role in TEAM_ROLES:
            services.change_role(member, Role(role), by=request.user)
            messages.success(request, _("The role of %(person)s is changed.") % person)
        case "hand_over":
            services.invite(application, email=member.user.email, role=Role.OWNER, by=request.user, at=now)
            said = _("%(person)s is asked by letter to become the owner. Until the answer everything stays as it is.")
            messages.success(request, said % person)
        case "remove":
            services.remove_member(member, by=request.user, at=now)
            messages.success(request, _("%(person)s does not work on the application any more.") % person)
    return redirect("competition:team", key=key)


@require_POST
def team_invitation(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Send an open invitation once more, with a new link, or call it back."""
    application = application_for(request.user, key)
    require(can_manage_team(request.user, application))
    invitation = invitation_of(application, pk)
    now, address = timezone.now(), {"email": invitation.email}
    if request.POST.get("do") == "again":
        services.invite(application, email=invitation.email, role=invitation.role, by=request.user, at=now)
        messages.success(request, _("A new invitation is on its way to %(email)s; the old link is void.") % address)
    else:
        services.withdraw_invitation(invitation, by=request.user, at=now)
        messages.success(request, _("The invitation to %(email)s is called back.") % address)
    return redirect("competition:team", key=key)


@require_http_methods(["GET", "HEAD", "POST"])
def team_leave(request: HttpRequest, key: str) -> HttpResponse:
    """Step down from the team, after a question: one cannot come back by oneself."""
    application = application_for(request.user, key)
    require(can_leave(request.user, application))
    if request.method == "POST":
        services.leave_team(application, by=request.user, at=timezone.now())
        messages.success(request, _("You do not work on the application any more."))
        return redirect("practices:application_list")
    return render(request, "competition/team_leave.html", {"application": application, "nav": "applications"})


@require_POST
def owner_note(request: HttpRequest, key: str) -> HttpResponse:
    """An editor tells the owner that their part is done."""
    application = application_for(request.user, key)
    form = ReadyForm(request.POST)
    if form.is_valid():
        services.write_to_owner(application, form.cleaned_data["text"], by=request.user, at=timezone.now())
        messages.success(request, _("The owner gets a letter."))
    else:
        messages.error(request, _("The letter is not sent: it is too long."))
    return redirect(application)


@require_POST
def city_consent(request: HttpRequest, key: str) -> HttpResponse:
    """The owner shows the application to the coordinator of the city, or takes that back."""
    application = application_for(request.user, key)
    if request.POST.get("do") == "show":
        services.show_to_city(application, by=request.user, at=timezone.now())
        messages.success(request, _("The coordinator of the city sees the application now."))
    else:
        services.hide_from_city(application, by=request.user)
        messages.success(request, _("The coordinator of the city does not see the application any more."))
    return redirect("competition:team", key=key)
