"""The number under which public pages are kept: whatever they are made of raises it, and nothing makes others wait."""

import re
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from competition.models import Application, Contest, Territory
from practices.models import BankVersion, KeyFigure, Practice, Theme
from practices.publishing import publish_practice
from practices.version import SEEN, bank_version, kept
from tests.concurrency import at_once
from tests.crawl import addresses
from tests.factories import PassportFactory, PracticeFactory, ThemeFactory, utc
from tests.world import build

pytestmark = [pytest.mark.django_db, pytest.mark.every_database]

# Read by public pages and not counted, each for its reason
NOT_COUNTED = {
    "practices_bankversion",  # the number itself
    "practices_passportsection",  # of a published passport nobody writes; docs/decisions/0032-pages-for-everybody.md
    "practices_remark",  # read beside the sections, and never by the public
    "practices_searchtext",  # written with practices_searchentry
    "practices_search",
    "practices_search_words",
    "portal_worker",  # /healthz, which is no page
}


def changed_by(deed) -> bool:
    before = bank_version()
    deed()
    return bank_version() > before


@pytest.mark.parametrize("model", SEEN, ids=lambda model: model.__name__)
def test_a_change_by_whatever_way_is_counted(model):
    field = next(field for field in model._meta.concrete_fields if not field.primary_key)
    rows = model._base_manager.filter(pk=0)

    assert changed_by(lambda: rows.update(**{field.attname: F(field.attname)}))
    assert changed_by(lambda: rows._raw_delete(rows.db))


def test_saving_making_and_deleting_are_counted():
    theme = ThemeFactory()
    practice = PracticeFactory(theme=theme, published_at=None)

    assert changed_by(theme.save)
    assert changed_by(lambda: publish_practice(practice, at=utc(2021, 12, 1)))
    assert changed_by(lambda: KeyFigure.objects.bulk_create([KeyFigure(practice=practice, value="1", label="двор")]))
    assert changed_by(lambda: Practice.objects.update_or_create(pk=practice.pk, defaults={"title": "Двор"}))
    assert changed_by(practice.delete)


def test_reading_and_what_nobody_sees_are_not_counted():
    passport = PassportFactory()

    assert not changed_by(lambda: list(Practice.objects.all()))
    assert not changed_by(lambda: passport.sections.update(version=F("version")))


def test_what_is_taken_back_is_not_counted():
    def fail():
        with transaction.atomic():
            ThemeFactory()
            transaction.set_rollback(True)

    assert not changed_by(fail)


def test_an_answer_is_kept_until_the_bank_changes():
    PracticeFactory()
    assert kept(("how many",), Practice.objects.count) == 1
    assert kept(("how many",), lambda: "asked again") == 1
    assert kept(("how much",), lambda: "another question") == "another question"

    PracticeFactory()
    assert kept(("how many",), Practice.objects.count) == 2


def test_public_pages_are_made_of_what_is_counted(client):
    """Whoever shows another table in public adds it to `SEEN`, or here with the reason why not."""
    public = {url for url in addresses(build()) if is_for_everybody(url)}

    with CaptureQueriesContext(connection) as asked:
        for url in public:
            assert client.get(url).status_code < 400

    tables = set(connection.introspection.table_names())
    read = {table for query in asked for table in re.findall(r'(?:FROM|JOIN) "?(\w+)', query["sql"])}
    assert (read & tables) - {model._meta.db_table for model in SEEN} <= NOT_COUNTED
    assert len(public) > 8


def is_for_everybody(url: str) -> bool:
    return hasattr(get_resolver().resolve(url.partition("?")[0]).func, "kept_for")


def test_every_public_page_is_for_everybody():
    names = ("bank", "contest_list", "territory_list")

    assert all(is_for_everybody(reverse(f"practices:{name}")) for name in names)
    assert is_for_everybody(reverse("portal:home"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_writers_do_not_wait_for_each_other():
    """Two transactions change the bank and are both open at once: with one row to count in, the second would wait."""
    ThemeFactory()
    both_have_written = Barrier(2)

    def change(model):
        with transaction.atomic():
            model.objects.filter(pk=0).update(id=F("id"))
            both_have_written.wait(10)

    before = bank_version()
    outcomes = at_once(lambda: change(Contest), lambda: change(Territory))

    assert outcomes == [None, None]
    assert bank_version() == before + 2
    assert BankVersion.objects.count() == 2
    assert not changed_by(lambda: list(Application.objects.all()))
    assert changed_by(Theme.objects.all().delete)
    assert BankVersion.objects.count() == 2
