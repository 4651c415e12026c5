"""The applicant's outcome in Chromium: reached from the application, readable on every width."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tests.factories import (
    ApplicationFactory,
    AssignmentFactory,
    CommentFactory,
    ContestFactory,
    CriterionFactory,
    JurorFactory,
    PassportFactory,
    PracticeFactory,
    ResultFactory,
)


@pytest.fixture
def application():
    """Announced, with two sheets, one of whose comments has a word longer than a telephone is wide."""
    contest = ContestFactory()
    criteria = [CriterionFactory(contest=contest, order=order, title=f"Критерий {order}") for order in (1, 2)]
    application = ApplicationFactory(contest=contest, admitted=True, title="Дружные соседи — дружный город")
    PracticeFactory(contest=contest, passport=PassportFactory(application=application), award="laureate")
    for text in ("Убедительно: жители сами ведут встречи.", "д" * 400):
        sheet = AssignmentFactory(juror=JurorFactory(contest=contest), application=application, finished=True)
        for criterion in criteria:
            CommentFactory(assignment=sheet, criterion=criterion, text=text)
    ResultFactory(application=application, award="laureate")
    return application


def test_outcome_is_reached_and_reads_well(new_context, live_server, application, faults):
    client = Client()
    client.force_login(application.owner)
    context = new_context()
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    page = context.new_page()

    page.goto(live_server.url + application.get_absolute_url())
    page.get_by_role("link", name="Открыть итог и комментарии жюри").click()

    expect(page.get_by_role("heading", name="Лауреат 2021")).to_be_visible()
    expect(page.get_by_text("Убедительно").first).to_be_visible()
    page.wait_for_load_state()  # the styles too
    assert faults(page) == []
