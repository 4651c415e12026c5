"""What search engines may read, by `django.contrib.sitemaps`; addresses begin as PUBLIC_URL does."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import timezone

from competition.models import Contest, Territory
from practices.models import Collection, Practice

ON_A_PAGE = 10_000
PAGES = [
    "portal:home",
    "practices:bank",
    "practices:contest_list",
    "practices:territory_list",
    "practices:collection_list",
    "practices:stats",
    "practices:api_page",
]


class PublicSitemap(Sitemap):
    limit = ON_A_PAGE

    def get_domain(self, site=None):
        return urlsplit(settings.PUBLIC_URL).netloc

    def get_protocol(self, protocol=None):
        return urlsplit(settings.PUBLIC_URL).scheme


class Pages(PublicSitemap):
    """The pages that there always are."""

    def items(self):
        return PAGES

    def location(self, item):
        return reverse(item)


class Contests(PublicSitemap):
    def items(self):
        return Contest.objects.order_by("year")


class Territories(PublicSitemap):
    def items(self):
        return Territory.objects.order_by("pk")


class Practices(PublicSitemap):
    def items(self):
        return Practice.objects.published().only("slug", "published_at").order_by("pk")

    def lastmod(self, practice):
        return practice.published_at


class Collections(PublicSitemap):
    def items(self):
        return Collection.objects.published(at=timezone.now()).order_by("pk")


SITEMAPS = {
    "pages": Pages,
    "contests": Contests,
    "territories": Territories,
    "collections": Collections,
    "practices": Practices,
}
