import pytest
from django.urls import reverse

from tests.accounts.conftest import PASSWORD

LOGIN = reverse("account_login")
DESK = reverse("portal:desk")
MISMATCH = "Почта или пароль не подходят."


def test_right_password_opens_the_desk(post, client, anna):
    answer = post(LOGIN, {"login": "Anna@Example.org", "password": PASSWORD})

    assert answer.url == DESK
    assert client.session["_auth_user_id"] == str(anna.pk)


def test_unknown_address_and_wrong_password_read_the_same(post, client, anna):
    for wrong in ({"login": anna.email, "password": "wrong"}, {"login": "nobody@example.org", "password": PASSWORD}):
        page = post(LOGIN, wrong)

        assert page.status_code == 200
        assert MISMATCH in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_guessing_is_stopped_even_for_the_right_password(post, client, anna):
    for _attempt in range(5):
        post(LOGIN, {"login": anna.email, "password": "wrong"})

    page = post(LOGIN, {"login": anna.email, "password": PASSWORD})

    assert "Слишком много попыток входа. Подождите пять минут и попробуйте ещё раз." in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_flood_from_one_address_is_refused_on_a_designed_page(post):
    for _attempt in range(30):
        post(LOGIN, {"login": "anna@example.org", "password": "wrong"})

    page = post(LOGIN, {"login": "anna@example.org", "password": "wrong"})

    assert page.status_code == 429
    assert "Слишком много попыток" in page.content.decode()


@pytest.mark.parametrize(("proxies", "status"), [(0, 429), (1, 200)])
def test_flood_is_counted_by_an_address_that_cannot_be_made_up(post, settings, proxies, status):
    """Without a proxy of ours X-Forwarded-For is the visitor's own invention; behind it, its last part is true."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    for attempt in range(31):
        page = post(LOGIN, {"login": "", "password": ""}, headers={"x-forwarded-for": f"10.0.0.{attempt}"})

    assert page.status_code == status


def test_switched_off_account_is_told_so(post, client, anna):
    anna.is_active = False
    anna.save()

    answer = post(LOGIN, {"login": anna.email, "password": PASSWORD}, follow=True)

    assert "_auth_user_id" not in client.session
    assert "Учётная запись отключена" in answer.content.decode()


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [("/accounts/email/", "/accounts/email/"), ("https://evil.example/", DESK), ("//evil.example/", DESK)],
)
def test_signing_in_leads_on_only_within_the_portal(post, anna, wanted, reached):
    answer = post(LOGIN, {"login": anna.email, "password": PASSWORD, "next": wanted})

    assert answer.url == reached


def test_signing_out_takes_a_button(post, client, anna):
    client.force_login(anna)

    page = client.get(reverse("account_logout"))
    assert "Всё сохранённое останется на месте." in page.content.decode()
    assert "_auth_user_id" in client.session

    answer = post(reverse("account_logout"))
    assert answer.url == reverse("portal:home")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("page", ["account_email", "account_change_password", "account_reauthenticate"])
def test_pages_of_an_account_ask_to_sign_in(client, db, page):
    address = reverse(page)

    assert client.get(address).url == f"{LOGIN}?next={address}"
