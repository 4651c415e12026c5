import re
from threading import Barrier
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.forms import SignupForm
from accounts.models import User
from tests.accounts.conftest import PASSWORD
from tests.concurrency import at_once

SIGNUP = reverse("account_signup")
LOGIN = reverse("account_login")
SENT = reverse("account_email_verification_sent")


def filled_in(**changes):
    return {
        "name": "Анна",
        "email": "Anna@Example.org",
        "password1": PASSWORD,
        "password2": PASSWORD,
    } | changes


def link_in(letter):
    return re.search(r"http\S+", letter.body).group()


def same_for_all(page):
    """A page without what is new in every answer: the token, and the address the person typed."""
    html = re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]+"', r"\1", page.content.decode())
    return re.sub(r"\S+@example\.org", "", html)


def test_registration_waits_for_the_letter(post, client, mailoutbox):
    answer = post(SIGNUP, filled_in())

    assert answer.url == SENT
    user = User.objects.get()
    assert (user.email, user.name) == ("anna@example.org", "Анна")
    assert not EmailAddress.objects.get(user=user).verified
    assert "_auth_user_id" not in client.session
    (letter,) = mailoutbox
    assert letter.to == ["anna@example.org"]
    assert letter.subject == "Подтвердите почту: Лучшие муниципальные практики"
    assert letter.body.startswith("Здравствуйте.")
    assert "Анна" not in letter.body, "anybody may have typed this name beside this address"


def test_signing_in_before_confirming_leads_back_to_the_letter(post, client):
    post(SIGNUP, filled_in())

    answer = post(LOGIN, {"login": "anna@example.org", "password": PASSWORD})

    assert answer.url == SENT
    assert "_auth_user_id" not in client.session


def test_opening_the_link_confirms_nothing_and_the_button_does(post, client, mailoutbox):
    post(SIGNUP, filled_in())
    link = link_in(mailoutbox[0])

    page = client.get(link)
    assert "Да, подтвердить" in page.content.decode()
    assert not EmailAddress.objects.get().verified  # a mail scanner follows links, too

    answer = post(link)
    assert answer.url == reverse("portal:desk")
    assert EmailAddress.objects.get().verified


def test_what_a_person_came_for_goes_on_after_the_letter(post, mailoutbox):
    errand = reverse("practices:application_start") + "?donor=skver"
    post(f"{SIGNUP}?next={quote(errand)}", filled_in(next=errand))

    assert post(link_in(mailoutbox[0])).url == errand


def test_link_opened_elsewhere_signs_nobody_in(post, mailoutbox):
    post(SIGNUP, filled_in())
    elsewhere = Client()

    answer = elsewhere.post(link_in(mailoutbox[0]))

    assert answer.url == LOGIN
    assert "_auth_user_id" not in elsewhere.session
    assert post(LOGIN, {"login": "anna@example.org", "password": PASSWORD}).url == reverse("portal:desk")


def test_broken_link_says_what_to_do(client, db):
    page = client.get(reverse("account_confirm_email", args=["no-such-key"]))

    assert "Ссылка не действует" in page.content.decode()


@pytest.mark.parametrize("email", ["anna@example.org", "ANNA@example.ORG"])
def test_registered_address_gets_no_second_account(post, anna, mailoutbox, email):
    answer = post(SIGNUP, filled_in(email=email))

    assert answer.url == SENT
    assert User.objects.count() == 1
    (letter,) = mailoutbox
    assert letter.to == ["anna@example.org"]
    assert letter.subject == "Вы уже зарегистрированы: Лучшие муниципальные практики"


def test_page_does_not_betray_who_is_registered(anna, mailoutbox):
    pages = []
    for email in ("anna@example.org", "nobody@example.org"):
        pages.append(Client().post(SIGNUP, filled_in(email=email), follow=True))

    assert same_for_all(pages[0]) == same_for_all(pages[1])
    assert "Письмо отправлено на адрес anna@example.org." in pages[0].content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Укажите, как к вам обращаться"),
        ({"email": ""}, "Укажите почту, например name@example.org"),
        ({"email": "anna"}, "Это не похоже на адрес почты. Нужен вид name@example.org"),
        ({"password1": "", "password2": ""}, "Придумайте пароль"),
        ({"password1": "ab7-xq", "password2": "ab7-xq"}, "Введённый пароль слишком короткий."),
        ({"password1": "password", "password2": "password"}, "Введённый пароль слишком широко распространён."),
        ({"password2": "other-Enough-8"}, "Вы должны ввести одинаковый пароль дважды."),
    ],
)
def test_wrong_input_is_refused_in_words(post, mailoutbox, changes, sentence):
    page = post(SIGNUP, filled_in(**changes))

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not User.objects.exists()
    assert mailoutbox == []


def test_refused_field_is_tied_to_its_error(post):
    page = post(SIGNUP, filled_in(email="anna")).content.decode()

    field = re.search(r'<input type="email"[^>]+>', page).group()
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_email_error"' in field
    assert 'id="id_email_error"' in page
    assert 'href="#id_email"' in page  # the summary leads to the field


@pytest.mark.every_database
@pytest.mark.django_db(transaction=True)
def test_two_presses_of_the_button_make_one_account(monkeypatch):
    both_are_checked = Barrier(2, timeout=20)
    try_save = SignupForm.try_save

    def try_save_when_both_are_checked(form, request):
        both_are_checked.wait()
        return try_save(form, request)

    monkeypatch.setattr(SignupForm, "try_save", try_save_when_both_are_checked)

    answers = at_once(*[lambda: Client().post(SIGNUP, filled_in())] * 2)

    assert [answer.url for answer in answers] == [SENT, SENT]
    assert User.objects.count() == 1
    assert EmailAddress.objects.count() == 1
