"""Signing in on the way to a form that came without a session. All other pages of an account are allauth's."""

from allauth.account.adapter import get_adapter
from allauth.account.views import LoginView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.carrying import CarriedForm
from accounts.forms import LoginForm


def ask_to_sign_in(request: HttpRequest, carried: CarriedForm) -> HttpResponse:
    """The sign-in page that holds what was typed."""
    context = {"form": LoginForm(request=request), "carried": carried}
    response = render(request, "account/login_carrying.html", context, status=401)
    response.headers["WWW-Authenticate"] = 'Session realm="portal"'
    return response


@login_not_required
@never_cache
@require_POST
def sign_in_and_send(request: HttpRequest) -> HttpResponse:
    """Where that page leads: to the form, ready to be sent again."""
    carried = CarriedForm.unpacked(request.POST.get("carried", ""))
    if "sign_out" in request.POST:
        get_adapter(request).logout(request)
        return ask_to_sign_in(request, carried)
    if request.user.is_authenticated:
        return hand_over(request, carried)
    return CarryingLoginView.as_view(carried=carried)(request)


def hand_over(request: HttpRequest, carried: CarriedForm) -> HttpResponse:
    """To its writer, one button that sends the form; to anybody else, nothing of it but the way back to the writer."""
    is_writer = carried.writer in {"", request.user.alias}
    page = "account/carried.html" if is_writer else "account/carried_by_another.html"
    return render(request, page, {"carried": carried}, status=200 if is_writer else 403)


class CarryingLoginView(LoginView):
    """Allauth's sign-in with its limits, which ends at the carried form rather than at a page.

    A further step (an address to confirm, a second factor) leads away from the form: the browser's way back is left.
    """

    template_name = "account/login_carrying.html"
    carried: CarriedForm = None

    def form_valid(self, form):
        response = super().form_valid(form)
        return hand_over(self.request, self.carried) if self.request.user.is_authenticated else response

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"carried": self.carried}
