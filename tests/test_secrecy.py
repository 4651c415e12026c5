"""What must stay secret does, through every door; and what people type is shown as text, never obeyed.

Every secret of the world has a word of its own. The whole portal is read by everybody, links and all, and who came upon
which word must equal the table, in both directions: a secret that nobody at all finds would prove nothing.
"""

import re
from collections import defaultdict

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from practices import queries
from practices.services import save_section
from tests.crawl import Page, take
from tests.reading import AFTERWARDS, contents, differences
from tests.world import DANGEROUS_LINKS, GOOD_LINK, READERS, READERS_AFTER, build, word

PEOPLE = ("owner", "editor", "reader", "coordinator", "stranger", "juror", "finished", "recused", "organiser")

A_WORD = re.compile(word("([a-z]+?)"))


def readers_of(pages: list[Page]) -> dict[str, set[str]]:
    """Who came upon each word."""
    readers = {name: set() for name in READERS}
    for page in pages:
        for name in readers.keys() & set(A_WORD.findall(page.text)):
            readers[name].add(page.person)
    return readers


def test_before_the_announcement_every_secret_has_its_readers_and_no_others(reading):
    assert readers_of(reading.before) == READERS


def test_after_the_announcement_contacts_and_team_stay_secret(reading):
    # Read without the plain pages of the dashboard, on which the organiser looks people up
    expected = {name: readers & set(AFTERWARDS) for name, readers in READERS_AFTER.items() if name not in PEOPLE}

    readers = readers_of(reading.after)

    assert {name: readers[name] for name in expected} == expected
    assert all(readers[name] <= READERS_AFTER[name] for name in PEOPLE)


@pytest.mark.django_db
def test_the_words_would_show_without_the_rule_of_readers(monkeypatch):
    """The control: contacts and team do stand in what the public page is made of."""
    world = build()
    address = reverse("practices:practice_detail", args=world.arguments["practice"][0])
    kept = take(Client(), "visitor", address)

    monkeypatch.setattr(queries, "_may_read", lambda *_whom: True)
    shown = take(Client(), "visitor", address)

    for name in ("oldcontacts", "oldteam"):
        assert word(name) not in kept.text
        assert word(name) in shown.text


def test_letters_tell_nobody_what_is_not_theirs_to_know(reading):
    person_at = {user.email: name for name, user in reading.world.people.items() if user}
    told = defaultdict(set)
    for letter in reading.letters:
        (address,) = letter.recipients()
        for name in READERS:
            if word(name) in f"{letter.subject} {letter.body}":
                told[person_at.get(address, "invited")].add(name)

    assert told.pop("invited") == {"draft", "owner"}  # what one is invited to, and by whom
    assert set(told) == {"owner", "editor"}
    assert {"decline", "title", "note"} <= told["owner"]
    assert all(person in READERS[name] for person, names in told.items() for name in names)


def test_search_finds_by_public_words_alone(reading):
    assert {name for name, count in reading.found.items() if count} == {"public"}


def test_reading_changes_nothing(reading):
    assert reading.changed == []


@pytest.mark.django_db
def test_a_change_is_noticed():
    world = build()
    before = contents()
    draft = world.people["owner"].applications.order_by("pk").filter(status="draft").get()
    section = draft.passport.sections.get(code="goals")

    save_section(
        draft.passport,
        "goals",
        {"blocks": [{"text": "Иначе"}]},
        seen=section.version,
        by=world.people["owner"],
        at=timezone.now(),
    )

    assert differences(before, contents()) == ["practices.PassportSection", "practices.SectionRevision"]


def without_tokens(body: bytes) -> bytes:
    return re.sub(rb'(name="csrfmiddlewaretoken" value=")\w+', rb"\1", body)


# --- What people type is text ----------------------------------------------------------------------

OURS_TO_RUN = re.compile(r"^/(static/|admin/jsi18n/$)")
EVIL = "//zqtag | //*[@zqattr] | //img[@onerror] | //@*[starts-with(name(), 'on')]"


def test_no_page_runs_what_people_typed(reading):
    """Every field of the world holds the same attack: tags, attributes, ends of ours, a template's braces."""
    shown = defaultdict(set)
    for page in reading.pages:
        if page.tree is None:
            continue
        assert not page.tree.xpath(EVIL), page.url
        scripts = page.tree.xpath("//script[not(@type='application/json')]")
        assert all(OURS_TO_RUN.match(script.get("src", "")) for script in scripts), page.url
        assert b"zq49" not in without_tokens(page.body), page.url
        if "&lt;zqtag" in page.text:
            shown[page.person].add(page.url.split("/")[1])

    # The control: everybody did meet the attack, the organiser and the jury on their desks too
    assert shown["visitor"] >= {"bank", "contests", ""}
    assert shown["owner"] >= {"bank", "contests", "applications"}
    assert "admin" in shown["juror"] & shown["finished"] & shown["organiser"]


def test_print_takes_what_people_typed_as_text(reading):
    trees = [lxml.html.fromstring(html) for html in reading.printed]

    assert not [tree for tree in trees if tree.xpath(f"{EVIL} | //script")]
    assert all("&lt;zqtag" in html for html in reading.printed)
    assert any(GOOD_LINK in tree.xpath("//a/@href") for tree in trees)
    assert not [href for tree in trees for href in tree.xpath("//@href") if href.startswith(DANGEROUS_LINKS)]


def test_addresses_that_people_type_lead_to_web_pages_and_nowhere_else(reading):
    outgoing = []
    for page in reading.pages:
        if page.tree is None:
            continue
        targets = page.tree.xpath("//@href | //@src | //@action | //@formaction | //@hx-get | //@hx-post | //@data-to")
        # An e-mail address to answer to is checked by its form, and may only be one.
        targets = [target for target in targets if not re.fullmatch(r"mailto:[\w.]+@[\w.]+", target)]
        assert not [target for target in targets if re.match(r"\s*(?!https?:)(\w+:|//)", target)], page.url
        outgoing += page.tree.xpath("//a[starts-with(@href, 'http')]")

    assert {link.get("href") for link in outgoing} == {GOOD_LINK}
    assert {link.get("rel") for link in outgoing} == {"nofollow noopener noreferrer"}
    shown = "".join(page.text for page in reading.pages if page.person == "visitor")
    assert all(f"{target[:11]}" in shown for target in DANGEROUS_LINKS), "shown, but not as links"


def test_letters_take_what_people_typed_as_text(reading):
    for letter in reading.letters:
        message = letter.message()
        assert set(message.keys()) <= {
            "Content-Type",
            "MIME-Version",
            "Content-Transfer-Encoding",
            "Subject",
            "From",
            "To",
            "Date",
            "Message-ID",
            "Reply-To",
        }
        assert message.get("Reply-To", "asker@example.org").endswith("@example.org")
        assert message.get_content_type() == "text/plain"
        assert "zq49" not in letter.body
    assert any("<zqtag" in letter.body for letter in reading.letters), "as typed, for it is plain text"
