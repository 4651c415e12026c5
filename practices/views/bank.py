"""The public bank: the list with its search and facets, and the page of a practice."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from competition.enums import TrackCode
from practices.article import Article
from practices.bank import adoptions_of, practice_for_reader, related_to
from practices.donors import comparisons_of
from practices.enums import AttachmentKind
from practices.filters import BankFilter
from practices.models import Passport
from practices.queries import Audience, open_tracks, published_attachments, read_sections, with_sections
from practices.search import add_snippets
from practices.views import facets

ON_A_PAGE = 12
RELATED = 3


@login_not_required
@require_safe
def bank(request: HttpRequest) -> HttpResponse:
    """Practices found by words and facets. The question stands in the address; htmx gets the changed parts alone."""
    asked = BankFilter(request.GET)
    shown = facets.facets(asked)
    paginator = Paginator(asked.practices(), ON_A_PAGE)
    paginator.count = asked.cube.found  # known from the facets: the database is not asked again
    page = paginator.get_page(request.GET.get("page"))
    add_snippets(page.object_list, asked.sought)
    years = sorted(cell.facts["year"] for cell in asked.cube.cells)
    context = {
        "crumbs": [(None, _("Bank of practices"))],
        "words": asked.words,
        "sought": asked.sought,
        "shown_for": asked.shown_for,
        "problems": asked.problems,
        "facets": shown,
        "chips": facets.chips(asked, shown),
        "ways_out": facets.ways_out(asked, shown),
        "words_alone": facets.words_alone(asked),
        "page": page,
        "total": asked.cube.total,
        "years": (years[0], years[-1]) if years else None,
    }
    is_swap = request.htmx and not request.htmx.history_restore_request
    template = "practices/_bank_swap.html" if is_swap else "practices/bank.html"
    response = render(request, template, context, status=400 if asked.problems else 200)
    if is_swap:
        response["HX-Push-Url"] = facets.address(asked)
    patch_vary_headers(response, ["HX-Request"])
    return response


@login_not_required
@require_safe
def practice_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A practice to read: its whole passport but for what is personal, or the card of the years before passports."""
    practice = practice_for_reader(slug)
    article, compared = None, []
    if practice.passport_id:
        passport = with_sections(Passport.objects.filter(pk=practice.passport_id)).get()
        article = Article(read_sections(passport, audience=Audience.PUBLIC))
        compared = comparisons_of(passport)
    crumbs = [
        (reverse("practices:bank"), _("Bank of practices")),
        (practice.territory.get_absolute_url(), practice.territory.name),
        (None, practice.card_title),
    ]
    donor = practice.donor if practice.donor and practice.donor.published_at else None
    adoptions = list(adoptions_of(practice))
    attachments = published_attachments(passport) if practice.passport_id else []
    return render(
        request,
        "practices/practice_detail.html",
        {
            "practice": practice,
            "article": article,
            "photos": [file for file in attachments if file.kind == AttachmentKind.PHOTO],
            "papers": [file for file in attachments if file.kind != AttachmentKind.PHOTO],
            "crumbs": crumbs,
            "donor": donor,
            "compared": compared if donor else [],
            "adoptions": adoptions,
            "related": related_to(practice, limit=RELATED),
            "adoption_track": open_tracks(at=timezone.now()).filter(code=TrackCode.ADOPTION).first(),
        },
    )
