"""Following a question to the bank by letter, without an account: asked for, confirmed and left by links."""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from practices.filters import BankFilter
from practices.forms.saved_search import FollowForm
from practices.models import SavedSearch
from practices.services import saved_searches
from practices.watching import LONGEST_QUESTION, in_words, normal_form, said_of


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search_follow(request: HttpRequest) -> HttpResponse:
    """The form for the question in the address. What follows is the same whether or not the portal knows the e-mail."""
    asked = BankFilter(request.GET)
    question, said = normal_form(asked), in_words(asked)
    is_sent = request.method == "POST"
    email = request.user.email if request.user.is_authenticated else ""
    form = FollowForm(request.POST if is_sent else None, initial={"email": email})
    status = 200
    if len(question) > LONGEST_QUESTION:
        form = FollowForm({})
        form.add_error(None, _("The question is too long to be kept. Choose fewer filters."))
        status = 422
    elif is_sent and not form.is_valid():
        status = 422
    elif is_sent and not ratelimit.consume(request, action="follow_search", key=form.cleaned_data["email"]):
        form.add_error(None, _("Too many requests from this computer or for this address. Try again in an hour."))
        status = 429
    elif is_sent:
        saved_searches.ask_to_follow(question, said=said, at=timezone.now(), **form.cleaned_data)
        return redirect("practices:search_sent")
    context = {"form": form, "said": said, "problems": asked.problems, "crumbs": _crumbs(question)}
    return render(request, "practices/search_follow.html", context, status=status)


def _crumbs(question: str) -> list[tuple[str | None, str]]:
    bank = reverse("practices:bank")
    return [(f"{bank}?{question}" if question else bank, _("Bank of practices")), (None, _("Follow new practices"))]


@login_not_required
@require_safe
def search_sent(request: HttpRequest) -> HttpResponse:
    """What to do next; it says the same to everybody."""
    return render(request, "practices/search_sent.html", {"crumbs": _crumbs("")})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the first letter. Programs of mail servers open links, so it takes a button to confirm."""
    search = saved_searches.search_to_confirm(token, at=timezone.now())
    if search is None:
        return render(request, "practices/search_link_dead.html", {"crumbs": _crumbs("")}, status=404)
    if request.method == "POST":
        saved_searches.confirm_search(search, at=timezone.now())
        return redirect("practices:search_confirm", token)
    context = {"search": search, "said": said_of(search), "crumbs": _crumbs(search.question)}
    return render(request, "practices/search_confirm.html", context)


# SECURITY: without a token of the page, for mail programs leave by one click (RFC 8058); the link is the secret.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search_leave(request: HttpRequest, token: str) -> HttpResponse:
    """The link of every letter: a page with a button, and the one click of a mail program."""
    search = SavedSearch.objects.of_leaving_token(token).first()
    if request.method == "POST":
        saved_searches.leave_search(token)
        search = None
    said = said_of(search) if search else ""
    again = search.question if search else ""
    return render(request, "practices/search_leave.html", {"search": search, "said": said, "crumbs": _crumbs(again)})
