"""What search engines ask a site for: where its pages are, and where they have no business."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.sitemaps import SITEMAPS
from practices.templatetags.sharing import public

# The dashboard, people and their applications, and what answers no reader.
NOT_FOR_CRAWLERS = (
    "/admin/",
    "/accounts/",
    "/applications/",
    "/invitations/",
    "/desk/",
    "/bank/export",
    "/bank/suggest",
    "/healthz",
)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """For programs that read everything."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_CRAWLERS)]
    lines += ["", f"Sitemap: {public(reverse('portal:sitemap_index'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The pages of the sitemap, each of at most ten thousand addresses."""
    pages = [(section, number) for section, kind in SITEMAPS.items() for number in kind().paginator.page_range]
    sitemaps = [{"location": public(reverse("portal:sitemap", args=page))} for page in pages]
    return _xml("sitemap_index.xml", {"sitemaps": sitemaps})


@login_not_required
@require_safe
def sitemap(request: HttpRequest, section: str, page: int) -> HttpResponse:
    """Some of the public addresses."""
    if section not in SITEMAPS:
        raise Http404
    try:
        return _xml("sitemap.xml", {"urlset": SITEMAPS[section]().get_urls(page)})
    except EmptyPage:
        raise Http404 from None


def _xml(template: str, context: dict) -> HttpResponse:
    return HttpResponse(render_to_string(template, context), content_type="application/xml")
