"""The favourites: a signed-in person's own, and a list that an address names, which is how a browser shows its own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.carrying import is_by_script
from practices import services
from practices.keeping import MOST_IN_ADDRESS, Named, kept_by, kept_keys, named


@login_not_required
@require_safe
def favourite_list(request: HttpRequest) -> HttpResponse:
    """With `?p=slug` the list that the address names, for anybody; without, what the signed-in person keeps."""
    asked = named(request.GET.getlist("p"))
    is_own = not asked.is_anything and request.user.is_authenticated
    practices = kept_by(request.user).with_card() if is_own else asked.practices
    page = Paginator(practices, MOST_IN_ADDRESS).get_page(request.GET.get("page"))
    context = {
        "crumbs": [(reverse("practices:bank"), _("Bank of practices")), (None, _("Favourites"))],
        "page": page,
        "asked": asked,
        "is_own": is_own,
        "most": MOST_IN_ADDRESS,
    }
    return render(request, "practices/favourite_list.html", context)


@require_POST
def favourite_change(request: HttpRequest) -> HttpResponse:
    """Put practices aside, or let them go; what is not public is passed over. A script gets the new number."""
    kept, dropped = (named(request.POST.getlist(name)) for name in ("keep", "drop"))
    services.keep(reversed(kept.practices), by=request.user, at=timezone.now())
    services.let_go(dropped.practices, by=request.user)
    if is_by_script(request):
        return JsonResponse({"count": len(kept_keys(request.user))})
    _tell(request, kept, dropped)
    back = request.POST.get("next", "")
    # SECURITY: only our own addresses, otherwise this form would lead people anywhere.
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("practices:favourite_list")
    return redirect(back)


def _tell(request: HttpRequest, kept: Named, dropped: Named) -> None:
    count = len(kept.practices)
    if count:
        messages.success(
            request, _("The practice is in the favourites.") if count == 1 else _("They are in the favourites.")
        )
    elif dropped.practices:
        messages.success(request, _("The practice is no longer in the favourites."))
    if kept.missing:
        gone = ngettext(
            "%(count)s practice is not in the bank any more.",
            "%(count)s practices are not in the bank any more.",
            kept.missing,
        )
        messages.warning(request, gone % {"count": kept.missing})
