"""Ask the pages of a filled bank over HTTP, one at a time, and print what each costs beside an empty view.

    python -m tests.bench.measure COUNT MADE_ANEW_URL KEPT_URL

Times of one machine say little of another, so each page stands beside `/healthz` of the same server, asked in turns
with it. The number of queries is counted in this process, on the same database.
"""

import argparse
import http.client
import os
import statistics
import sys
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.conf import settings  # noqa: E402 - there after setup()
from django.core.cache import caches  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import F  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils.http import urlencode  # noqa: E402

from practices.models import Practice  # noqa: E402

ROUNDS = 15
SLOW = 0.5  # seconds; a page that takes longer is asked three times
EMPTY = "/healthz"
COMMON, RARE = "библиотека", "подросток"


@dataclass
class Cost:
    """Of one page: median milliseconds made anew and kept, of the empty view beside it, and queries."""

    made: float
    kept: float
    empty: float
    queries: int


def pages() -> dict[str, str]:
    """Name to address: what visitors ask most, and what a large bank makes hard."""
    published = Practice.objects.published().select_related("contest", "territory")
    practice = published.order_by(F("passport").asc(nulls_last=True), "pk").first()
    return {
        "home": "/",
        "list": "/bank/",
        "list, the last page": "/bank/?page=99999",
        "list, two filters": f"/bank/?year={practice.contest.year}&territory={practice.territory.slug}",
        "search, a rare word": f"/bank/?{urlencode({'q': RARE})}",
        "search, a common word": f"/bank/?{urlencode({'q': COMMON})}",
        "suggestions": f"/bank/suggest?{urlencode({'q': COMMON[:5]})}",
        "practice": practice.get_absolute_url(),
        "year": practice.contest.get_absolute_url(),
        "city": practice.territory.get_absolute_url(),
        "cities": "/territories/",
        "statistics": "/stats/",
        "API, a list": "/api/v1/practices",
        "selection as CSV": f"/bank/export.csv?year={practice.contest.year}&territory={practice.territory.slug}",
    }


class Server:
    """Asked over a connection that is open already, as a browser's is."""

    def __init__(self, base: str):
        self.host = urlsplit(base).netloc

    def seconds(self, path: str) -> float:
        connection = http.client.HTTPConnection(self.host, timeout=300)
        connection.connect()
        begun = time.perf_counter()
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        took = time.perf_counter() - begun
        connection.close()
        if response.status not in {200, 204, 302}:
            sys.exit(f"{path}: {response.status}")
        return took


def cost_of(path: str, made: Server, kept: Server) -> Cost:
    first = made.seconds(path)
    rounds = 3 if first > SLOW else ROUNDS
    for server in (made, kept):  # both workers of each have loaded what they load once
        for _time in range(4 if first < SLOW else 1):
            server.seconds(path)
    timed = [(made.seconds(path), kept.seconds(path), made.seconds(EMPTY)) for _round in range(rounds)]
    anew, again, empty = (1000 * statistics.median(column) for column in zip(*timed, strict=True))
    return Cost(anew, again, empty, queries_of(path))


def queries_of(path: str) -> int:
    """As many as it takes with nothing kept: the first visitor after a change."""
    settings.KEEP_PAGES = False
    for alias in settings.CACHES:
        caches[alias].clear()
    with CaptureQueriesContext(connection) as asked:
        Client(headers={"Host": "127.0.0.1"}).get(path)
    return len(asked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("made", help="the address of a server that keeps no pages")
    parser.add_argument("kept", help="the address of one that does")
    given = parser.parse_args()
    made, kept = Server(given.made), Server(given.kept)
    out = sys.stdout.write
    out(f"\n{given.count} practices, {connection.vendor}; load of the machine {os.getloadavg()[0]:.1f}\n\n")
    out("| page | queries | ms | × empty view | kept, ms | × empty view |\n|---|---|---|---|---|---|\n")
    for name, path in pages().items():
        cost = cost_of(path, made, kept)
        out(
            f"| {name} | {cost.queries} | {cost.made:.1f} | {cost.made / cost.empty:.1f} "
            f"| {cost.kept:.1f} | {cost.kept / cost.empty:.1f} |\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
