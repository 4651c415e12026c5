"""A person registers, confirms, signs in and sets a new password by keyboard alone, on a desk and on a telephone."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User

PASSWORD, NEW_PASSWORD = "long-Enough-7", "other-Enough-8"

FOCUSED = """() => {
    const element = document.activeElement;
    return (element.labels?.[0] ?? element).innerText.trim();
}"""


class Keyboard:
    """Goes through a page by Tab, as a person without a mouse does."""

    def __init__(self, page):
        self.page = page

    def go_to(self, name):
        for _press in range(40):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(FOCUSED) == name:
                return
        raise AssertionError(f"Tab never reaches «{name}»")

    def fill_in(self, **fields):
        for label, text in fields.items():
            self.go_to(label.replace("_", " "))
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(text)

    def press(self, name, *, heading):
        self.go_to(name)
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)


def link_in(letter):
    return re.search(r"http\S+", letter.body).group()


@pytest.mark.parametrize("width", [1440, 390])
def test_account_from_registration_to_new_password(live_server, page, mailoutbox, axe, width):
    page.set_viewport_size({"width": width, "height": 844})
    keyboard = Keyboard(page)

    page.goto(live_server.url + reverse("account_signup"))
    keyboard.go_to("Перейти к содержанию")  # the first stop
    page.keyboard.press("Enter")
    keyboard.fill_in(Ваше_имя="Анна", Электронная_почта="не почта", Пароль=PASSWORD, Пароль_ещё_раз=PASSWORD)
    keyboard.press("Создать учётную запись", heading="Создать учётную запись")
    expect(page.get_by_role("alert")).to_contain_text("Это не похоже на адрес почты.")
    assert axe(page) == []

    keyboard.fill_in(Электронная_почта="anna@example.org", Пароль=PASSWORD, Пароль_ещё_раз=PASSWORD)
    keyboard.press("Создать учётную запись", heading="Подтвердите почту")
    assert axe(page) == []

    page.goto(link_in(mailoutbox[-1]))
    keyboard.press("Да, подтвердить", heading="Мои заявки")
    expect(page.get_by_role("status")).to_contain_text("anna@example.org подтверждён")

    page.context.clear_cookies()
    page.goto(live_server.url + reverse("account_login"))
    keyboard.press("Забыли пароль?", heading="Забыли пароль?")
    keyboard.fill_in(Электронная_почта="anna@example.org")
    keyboard.press("Отправить письмо", heading="Письмо отправлено")
    page.goto(link_in(mailoutbox[-1]))
    assert axe(page) == []
    keyboard.fill_in(Новый_пароль=NEW_PASSWORD, Новый_пароль_ещё_раз=NEW_PASSWORD)
    keyboard.press("Сохранить пароль", heading="Теперь войдите с новым паролем")

    page.goto(live_server.url + reverse("account_login"))
    keyboard.fill_in(Электронная_почта="anna@example.org", Пароль=NEW_PASSWORD)
    keyboard.press("Войти", heading="Мои заявки")
    assert User.objects.get().check_password(NEW_PASSWORD)


@pytest.mark.parametrize("scheme", ["", "150-bw", "150-wb", "200-blue"])
def test_pages_are_accessible_and_fit_the_narrowest_screen(live_server, page, axe, scheme):
    page.set_viewport_size({"width": 320, "height": 640})
    if scheme:
        page.context.add_cookies([{"name": "appearance", "value": scheme, "url": live_server.url}])
    for name in ("account_login", "account_signup", "account_reset_password", "portal:home"):
        page.goto(live_server.url + reverse(name))

        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320, name


def test_low_vision_version_works_without_scripts(live_server, new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + reverse("account_login"))

    page.get_by_role("button", name="Версия для слабовидящих").click()
    page.get_by_role("button", name="Белый на чёрном").click()

    expect(page.get_by_role("button", name="Белый на чёрном")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("body")).to_have_css("background-color", "rgb(0, 0, 0)")
    page.get_by_role("button", name="Обычная версия").click()
    expect(page.locator("html")).not_to_have_attribute("data-lv", re.compile("."))
