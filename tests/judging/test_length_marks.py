"""An answer over the limit: counted with its tables, marked for organiser and jury, in nobody else's way."""

import pytest
from django.urls import reverse

from competition.enums import Status
from practices.models import PassportSection
from practices.queries import Audience, passport_for, read_sections

MARK = "Знаков: 1900, форма просит не больше 1800"
LONG = {"blocks": [{"text": "я" * 1000}, {"table": [["я" * 400, ""], ["я" * 100, "я" * 400]]}]}


@pytest.fixture(autouse=True)
def long_background(application):
    PassportSection.objects.filter(passport=application.passport, code="background").update(content=LONG)


def marks_on(response):
    return " ".join(response.content.decode().split()).count(MARK)


def test_tables_in_the_text_count_like_the_text(application, organiser):
    passport = passport_for(organiser, application.key)
    background = next(s for s in read_sections(passport, audience=Audience.JURY) if s.code == "background")

    assert background.length == 1900
    assert background.is_over_limit


def test_jury_sees_the_mark(client, sheet):
    client.force_login(sheet.juror.user)

    assert marks_on(client.get(reverse("admin:score_sheet", args=[sheet.pk]))) == 1


def test_organiser_sees_the_mark_and_admits(client, application, organiser):
    application.status = Status.SUBMITTED
    application.save()
    client.force_login(organiser)

    response = client.get(reverse("admin:application_review", args=[application.key]))

    assert marks_on(response) == 1
    assert [section.code for section in response.context["over_limit"]] == ["background"]
