"""«Внедрить у себя»: a colleague of another city asks a practice's team, and no address is shown to anybody."""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from competition.models import Organisation, Territory
from practices import services
from practices.adoption import team_of
from practices.bank import practice_for_reader
from practices.forms.adoption import AdoptionRequestForm
from practices.models import AdoptionRequest, Practice


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def practice_adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Write to the team, whoever and wherever one is. Pressed twice, it is one letter."""
    practice = practice_for_reader(slug)
    is_asking, status = request.method == "POST", 200
    form = AdoptionRequestForm(request.POST if is_asking else None, initial=_about(request.user))
    if is_asking:
        status = 422
        if form.is_valid():
            is_sent = AdoptionRequest.objects.filter(token=form.asked["token"]).exists()
            if is_sent or _may_ask(request, practice, form.cleaned_data["email"]):
                services.ask_to_adopt(practice, **form.asked, at=timezone.now())
                return redirect(f"{reverse('practices:practice_adopt', args=[slug])}?sent=1")
            form.add_error(None, _("Many requests have come from you. Send this one later: your words stand below."))
            status = 429
    context = {
        "practice": practice,
        "form": form,
        "is_sent": "sent" in request.GET and not is_asking,
        "has_team": bool(team_of(practice)),
        "cities": Territory.objects.order_by("name").values_list("name", flat=True).distinct(),
        "crumbs": [
            (reverse("practices:bank"), _("Bank of practices")),
            (practice.get_absolute_url(), practice.card_title),
            (None, _("Request to the team")),
        ],
    }
    return render(request, "practices/practice_adopt.html", context, status=status)


def _may_ask(request: HttpRequest, practice: Practice, email: str) -> bool:
    """A person asks a few teams a day, and a team gets no more letters than it can answer."""
    by_person = ratelimit.consume(request, action="ask_to_adopt", key=email.lower())
    return by_person and ratelimit.consume(request, action="ask_a_team", key=str(practice.pk))


def _about(user) -> dict:
    """What the portal knows of whoever has signed in, so that they need not write it."""
    if not user.is_authenticated:
        return {}
    own = Organisation.objects.filter(members=user).select_related("territory").first()
    known = {"organisation": own.name, "city": own.territory.name} if own else {}
    return {"name": user.name, "email": user.email, **known}
