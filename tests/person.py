"""A person at a browser without JavaScript: reads pages, fills in the forms that stand on them, presses buttons."""

from urllib.parse import urljoin

import lxml.html
from django.test import Client


class Person:
    """Everything goes through pages: a link or a button that is not on the page cannot be used."""

    def __init__(self):
        self.client = Client(enforce_csrf_checks=True)
        self.url = "/"
        self.page = None
        self.status = None

    @property
    def text(self) -> str:
        """What the page says, white space folded, no-break spaces as spaces."""
        return " ".join(self.page.xpath("//main")[0].text_content().split())

    def open(self, url: str) -> "Person":
        self._take(self.client.get(url, follow=True), url)
        return self

    def follow(self, link: str) -> "Person":
        """Go where the first link with these words leads."""
        targets = [a.get("href") for a in self.page.xpath("//a[@href]") if link in " ".join(a.text_content().split())]
        assert targets, f"no link «{link}» on {self.url}: {self.text[:600]}"
        return self.open(urljoin(self.url, targets[0]))

    def press(self, button: str, *, within: str = "main", **fields) -> "Person":
        """Fill in the form that the button belongs to and send it. `fields` override what stands in the form.

        `within` is the id of the part of the page to look in, when the words stand on several buttons.
        """
        pressed = self._button(button, within)
        form = self._form_of(pressed)
        data = {**self._filled_in(form), **fields}
        if pressed.get("name"):
            data[pressed.get("name")] = pressed.get("value", "")
        url = urljoin(self.url, pressed.get("formaction") or form.get("action") or self.url)
        self._take(self.client.post(url, data, follow=True), url)
        return self

    def _take(self, response, url):
        self.url = response.redirect_chain[-1][0] if response.redirect_chain else url
        self.status = response.status_code
        content = b"".join(response) if response.streaming else response.content
        self.content = content
        is_page = response["Content-Type"].startswith("text/html")
        self.page = lxml.html.fromstring(content.decode()) if is_page else None

    def _button(self, words: str, within: str):
        all_buttons = self.page.get_element_by_id(within).iter("button")
        buttons = [button for button in all_buttons if words in " ".join(button.text_content().split())]
        assert buttons, f"no button «{words}» on {self.url}: {self.text[:600]}"
        return buttons[0]

    def _form_of(self, button):
        if button.get("form"):
            return self.page.get_element_by_id(button.get("form"))
        return next(button.iterancestors("form"))

    def _filled_in(self, form) -> dict:
        """The fields of a form as a browser would send them, those that stand elsewhere but belong to it included."""
        data = {}
        fields = [*form.iter("input", "select", "textarea"), *self._fields_elsewhere(form)]
        for field in fields:
            name, kind = field.get("name"), field.get("type", "text")
            if not name or field.get("disabled") is not None or kind == "file":
                continue
            if kind in {"checkbox", "radio"} and field.get("checked") is None:
                continue
            value = _value_of(field)
            if name in data:
                data[name] = [*(data[name] if isinstance(data[name], list) else [data[name]]), value]
            else:
                data[name] = value
        return data

    def _fields_elsewhere(self, form):
        return self.page.xpath("//*[@form=$form]", form=form.get("id")) if form.get("id") else []


def _value_of(field) -> str:
    if field.tag == "select":
        options = field.xpath(".//option[@selected]") or field.xpath(".//option")
        return options[0].get("value", options[0].text_content()) if options else ""
    if field.tag == "textarea":
        return (field.text_content() or "").removeprefix("\n")
    return field.get("value", "on" if field.get("type") in {"checkbox", "radio"} else "")
