"""A public page as a test reads it."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """What a page says: its words, where its links lead, by their labels too, and which boxes are ticked."""

    def __init__(self, response):
        super().__init__()
        self.text, self.links, self.labels, self.ticked = "", [], {}, []
        self.feed(response.content.decode())
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "a":
            self.links.append(given.get("href", ""))
            self.labels[given.get("aria-label")] = given.get("href")
        if "checked" in given:
            self.ticked.append((given["name"], given["value"]))
        if tag in {"td", "th", "div", "span", "p", "dd"}:
            self.text += " "

    def handle_data(self, data):
        self.text += data
