import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from tests.accounts.conftest import PASSWORD

RESET = reverse("account_reset_password")
NEW = "other-Enough-8"


def link_in(letter):
    return re.search(r"http\S+", letter.body).group()


def test_reset_sets_a_new_password_once(post, client, anna, mailoutbox):
    assert post(RESET, {"email": "ANNA@example.org"}).url == reverse("account_reset_password_done")
    (letter,) = mailoutbox
    assert letter.subject == "Новый пароль: Лучшие муниципальные практики"
    assert letter.body.startswith(f"Здравствуйте, {anna.name}.")
    link = link_in(letter)

    form = client.get(link).url  # allauth takes the secret out of the address before it shows the form
    assert post(form, {"password1": NEW, "password2": NEW}).url == reverse("account_reset_password_from_key_done")

    anna.refresh_from_db()
    assert anna.check_password(NEW)
    assert "Ссылка не действует" in Client().get(link, follow=True).content.decode()


def test_refused_new_password_changes_nothing(post, client, anna, mailoutbox):
    post(RESET, {"email": anna.email})
    form = client.get(link_in(mailoutbox[0])).url

    page = post(form, {"password1": NEW, "password2": "another-Enough-9"})

    assert "Вы должны ввести одинаковый пароль дважды." in page.content.decode()
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_unknown_address_sees_the_same_page_and_gets_another_letter(post, anna, mailoutbox):
    known = post(RESET, {"email": anna.email}, follow=True)
    unknown = post(RESET, {"email": "nobody@example.org"}, follow=True)

    assert [page.redirect_chain for page in (known, unknown)] == [[(reverse("account_reset_password_done"), 302)]] * 2
    assert known.context["messages"]._loaded_data == unknown.context["messages"]._loaded_data == []
    assert [letter.subject for letter in mailoutbox] == [
        "Новый пароль: Лучшие муниципальные практики",
        "Такой учётной записи нет: Лучшие муниципальные практики",
    ]


def test_password_is_changed_by_whoever_knows_the_old_one(post, client, anna):
    client.force_login(anna)
    address = reverse("account_change_password")

    page = post(address, {"oldpassword": "wrong", "password1": NEW, "password2": NEW})
    assert "Текущий пароль не подходит." in page.content.decode()

    post(address, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    anna.refresh_from_db()
    assert anna.check_password(NEW)


def test_new_address_takes_the_place_of_the_old_when_confirmed(post, client, anna, mailoutbox):
    client.force_login(anna)

    post(reverse("account_email"), {"email": "Anna.New@example.org", "action_add": ""})
    anna.refresh_from_db()
    assert anna.email == "anna@example.org"

    post(link_in(mailoutbox[0]))
    anna.refresh_from_db()
    assert anna.email == "anna.new@example.org"
    assert [str(address.email) for address in EmailAddress.objects.filter(user=anna)] == ["anna.new@example.org"]


@pytest.mark.parametrize("page", ["account_email", "account_change_password", "account_reauthenticate"])
def test_pages_of_an_account_are_the_portals(client, anna, page):
    client.force_login(anna)

    answer = client.get(reverse(page))

    assert answer.status_code == 200
    assert 'class="brand"' in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
