"""Reads the whole portal as one person: every address that there is, and every link on every page."""

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import parse_qsl, urljoin, urlsplit

import lxml.html
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.test_access import ACCESS, MODEL_PAGES
from tests.world import World

QUERIES_EACH = 2  # of one page, how many different questions in its links are followed
ROWS_EACH = {"change": 9, "delete": 2, "history": 1}  # how many rows of each table have these pages of theirs read
# Not followed: what is asked for already, section by section and table by table, and the way out
LEFT_ALONE = re.compile(
    r"^/(static/|accounts/logout/|applications/\w+/sections/|admin/(accounts|competition|practices|judging)/)"
)

# What the arguments of an address are in the world
ARGUMENTS = {
    "practices:practice_detail": "practice",
    "practices:practice_pdf": "practice",
    "practices:practice_card": "practice",
    "portal:sitemap": "sitemap",
    "practices:practice_docx": "practice",
    "practices:api_practice": "practice",
    "practices:api_unknown": "unknown_link",
    "practices:search_confirm": "unknown_link",
    "practices:search_leave": "unknown_link",
    "practices:collection_detail": "collection",
    **dict.fromkeys((f"practices:practice_{page}" for page in ("adopt", "confirm")), "practice"),
    "practices:contest_detail": "year",
    "practices:catalogue_pdf": "year",
    "practices:territory_detail": "territory",
    "account_confirm_email": "confirmation",
    "account_reset_password_from_key": "reset",
    "practices:section_edit": "section",
    "practices:section_paste": "section",
    **dict.fromkeys((f"practices:practice_{page}" for page in ("file", "file_preview")), "public_file"),
    **dict.fromkeys((f"practices:attachment_{page}" for page in ("file", "preview")), "file"),
    **dict.fromkeys((f"practices:attachment_{page}" for page in ("edit", "remove")), "changed_file"),
    **dict.fromkeys((f"admin:sheet_{page}" for page in ("file", "file_preview")), "sheet_file"),
    "competition:invitation": "unknown_link",
    "practices:passport_pdf": "printed",
    "practices:import_review": "word_file",
    "judging:outcome": "application",
    "admin:application_review": "application",
    "admin:application_admit": "application",
    "admin:application_decline": "application",
    "admin:application_return": "application",
    "admin:jury_assign": "year",
    "admin:assignment_withdraw": "sheet",
    "admin:results": "year",
    "admin:result_sheets": "judged",
    "admin:score_sheet": "sheet",
    "admin:sheet_declare": "sheet",
    "admin:sheet_recuse": "sheet",
    "admin:sheet_finish": "sheet",
    "admin:score_save": "mark",
    "admin:view_on_site": "on_site",
    "admin:app_list": "app",
    **dict.fromkeys(
        (f"practices:application_{page}" for page in ("detail", "submit", "withdraw")),
        "application",
    ),
    **dict.fromkeys(
        (f"practices:{page}" for page in ("attachment_list", "consent_list", "consent_withdraw")), "with_files"
    ),
}


# For the others: what stands here for the things that the table of access names
KINDS = {
    **dict.fromkeys(("draft", "submitted", "decided", "before_jury", "adoption"), "application"),
    **dict.fromkeys(("section", "submitted_section", "adoption_section"), "section_of_note"),
    **dict.fromkeys(("table", "submitted_table"), "table"),
    **dict.fromkeys(("this_year", "past_year"), "year"),
}


@dataclass(frozen=True)
class Page:
    """One answer, as it came over the wire."""

    person: str
    url: str
    status: int
    headers: dict[str, str]
    cookies: dict
    body: bytes

    @property
    def kind(self) -> str:
        return self.headers.get("Content-Type", "").partition(";")[0]

    @cached_property
    def text(self) -> str:
        """What can be read of it and its headers; a PDF as its words and properties, a Word file as all its parts."""
        if self.kind == "application/pdf":
            return f"{self.headers} {_text_of_pdf(self.body)}"
        if self.kind == "image/png" and self.body.startswith(b"\x89PNG"):
            return f"{self.headers}"
        if self.body.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(self.body)) as archive:
                parts = [archive.read(name).decode(errors="replace") for name in archive.namelist()]
            return f"{self.headers} {' '.join(parts)}"
        return f"{self.headers} {self.body.decode()}"

    @cached_property
    def tree(self):
        return lxml.html.fromstring(self.body.decode()) if self.kind == "text/html" and self.body.strip() else None


@lru_cache(maxsize=64)  # everybody is given the same book
def _text_of_pdf(body: bytes) -> str:
    reader = PdfReader(io.BytesIO(body))
    words = "".join("".join(page.extract_text().split()) for page in reader.pages)
    return f"{words} {dict(reader.metadata or {})}"


def addresses(world: World) -> list[str]:
    """Every address of ours, for everything in the world that it could be about."""
    found = []
    for name in dict.fromkeys(name.split()[0] for name in ACCESS):
        thing = ACCESS[name][1]
        kind = ARGUMENTS.get(name) or KINDS.get(thing, thing)
        found += [reverse(name, args=arguments) for arguments in (world.arguments[kind] if kind else [[]])]
    return list(dict.fromkeys(found))


def model_addresses() -> list[str]:
    """The pages that Django makes for every registered model."""
    found = []
    for model in admin.site._registry:
        keys = list(model._default_manager.values_list("pk", flat=True))
        for page in MODEL_PAGES:
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
            given = [[key] for key in keys[: ROWS_EACH[page]]] if page in ROWS_EACH else [[]]
            found += [reverse(name, args=arguments) for arguments in given]
    return found


def signed_in(user, **more) -> Client:
    client = Client(**more)
    if user:
        client.force_login(user)
    return client


def take(client: Client, person: str, url: str, **request) -> Page:
    return as_page(client.get(url, **request), person, url)


def as_page(response, person: str, url: str) -> Page:
    body = b"".join(response) if response.streaming else response.content
    return Page(person, url, response.status_code, dict(response.headers), dict(response.cookies), body)


def read_everything(world: World, person: str, *, also=()) -> list[Page]:
    """Ask for every address, then for all that the pages lead to."""
    client = signed_in(world.people[person])
    waiting, pages, asked = [*addresses(world), *also], [], Counter()
    seen = set(waiting)
    while waiting:
        page = take(client, person, waiting.pop())
        pages.append(page)
        for url in links(page):
            path = url.partition("?")[0]
            if url not in seen and not LEFT_ALONE.match(path) and asked[path] < QUERIES_EACH:
                asked[path] += 1
                seen.add(url)
                waiting.append(url)
    return pages


def links(page: Page) -> list[str]:
    """Where the page leads on this portal: its links, what htmx would fetch, where it redirects to."""
    if 300 <= page.status < 400:
        found = [page.headers.get("Location", "")]
    elif page.tree is not None:
        found = page.tree.xpath("//a/@href | //@hx-get | //form[not(@method) or @method='get']/@action")
    else:
        found = []
    on_site = (urlsplit(urljoin(page.url, url)) for url in found)
    return [
        f"{url.path}?{url.query}" if parse_qsl(url.query) else url.path
        for url in on_site
        if url.netloc in {"", "testserver"} and url.scheme in {"", "http"} and url.path
    ]
