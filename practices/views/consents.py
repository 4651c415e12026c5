"""The consents of an application: each a document, and the owner's choice of what may be published."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.verdicts import require
from competition.permissions import can_consent
from competition.queries import application_for, consents_of, published_categories
from practices import services
from practices.forms.consents import PublicationForm


@require_http_methods(["GET", "HEAD", "POST"])
def consent_list(request: HttpRequest, key: str) -> HttpResponse:
    """Read what was agreed to; the owner chooses anew what may be published."""
    application = application_for(request.user, key)
    verdict = can_consent(request.user, application)
    chosen = published_categories(application)
    form = PublicationForm(contest=application.contest, chosen=chosen)
    if request.method == "POST":
        require(verdict)
        form = PublicationForm(request.POST, contest=application.contest)
        if form.is_valid():
            return _choose(request, application, form.cleaned_data["categories"])
    context = {
        "application": application,
        "consents": consents_of(application),
        "form": form,
        "verdict": verdict,
        "chosen": chosen,
        "nav": "applications",
    }
    return render(request, "practices/consent_list.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def consent_withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Take the consent to publication back, whole; as easy as it was given."""
    application = application_for(request.user, key)
    require(can_consent(request.user, application))
    if not published_categories(application):
        return redirect("practices:consent_list", key=key)
    if request.method == "POST":
        return _choose(request, application, [])
    return render(request, "practices/consent_withdraw.html", {"application": application, "nav": "applications"})


def _choose(request, application, categories) -> HttpResponse:
    consent = services.choose_publication(application, categories, by=request.user, at=timezone.now())
    messages.success(
        request,
        _("The consent to publication is kept as you chose.")
        if consent
        else _("There is no consent to publication in force: nothing of people's data is public."),
    )
    return redirect("practices:consent_list", key=application.key)
