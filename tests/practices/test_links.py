import time

import pytest

from practices.links import DeadLink, Link, Words, host_of, read_cell, read_line, unless_dead, whole_link


def hrefs(text):
    return [link.href for link in read_cell(text).links]


@pytest.mark.parametrize(
    ("written", "href", "shown"),
    [
        ("https://vk.com/club1", "https://vk.com/club1", "vk.com/club1"),
        ("HTTP://www.Example.org/", "http://www.Example.org/", "example.org"),
        ("vk.com/club1", "https://vk.com/club1", "vk.com/club1"),
        ("t.me/yard", "https://t.me/yard", "t.me/yard"),
        ("мойгород.рф", "https://мойгород.рф", "мойгород.рф"),
        ("xn--c1acnlkcap.xn--p1ai/news", "https://xn--c1acnlkcap.xn--p1ai/news", "мойгород.рф/news"),
        (
            "https://example.org/?ref=copy&utm_medium=link",
            "https://example.org/?ref=copy&utm_medium=link",
            "example.org",
        ),
        ("https://example.org/a?id=5", "https://example.org/a?id=5", "example.org/a?id=5"),
        ("https://example.org:8080/a/", "https://example.org:8080/a/", "example.org:8080/a"),
        ("https://example.org/%D0%A1%D0%B0%D0%B4", "https://example.org/%D0%A1%D0%B0%D0%B4", "example.org/Сад"),
        (
            "https://example.org/%E2%80%AEgpj.exe",
            "https://example.org/%E2%80%AEgpj.exe",
            "example.org/%E2%80%AEgpj.exe",
        ),
        ("https://bank.example@evil.example/", "https://bank.example@evil.example/", "evil.example"),
    ],
)
def test_address_leads_and_is_shown(written, href, shown):
    assert read_line(written) == [Link(written, href, shown)]


def test_domain_whose_letters_may_pose_as_others_is_shown_in_code():
    (link,) = read_line("https://xn--80ak6aa92e.com/")  # «apple» in Cyrillic letters that no Russian word has

    assert link.shown == "xn--80ak6aa92e.com"


def test_long_address_is_cut_for_the_eye_only():
    (link,) = read_line(f"https://example.org/{'a' * 200}")

    assert (len(link.shown), link.shown[-1]) == (60, "…")
    assert link.href == f"https://example.org/{'a' * 200}"


def test_several_addresses_line_by_line():
    assert hrefs("http://example.org/\n\nhttps://vk.com/yard?from=top\nok.ru/group/1") == [
        "http://example.org/",
        "https://vk.com/yard?from=top",
        "https://ok.ru/group/1",
    ]


def test_words_between_addresses_stay():
    pieces = read_line("Сайт: https://example.org, группа (https://vk.com/yard).")

    assert "".join(piece.written for piece in pieces) == "Сайт: https://example.org, группа (https://vk.com/yard)."
    assert [piece.href for piece in pieces if isinstance(piece, Link)] == ["https://example.org", "https://vk.com/yard"]


def test_bracket_of_the_address_itself_stays():
    assert hrefs("https://example.org/Сад_(парк)") == ["https://example.org/Сад_(парк)"]


@pytest.mark.parametrize(
    "written",
    [
        "г.Заречный",
        "ул.Ленина, 5",
        "отчёт.docx",
        "anna@example.org",
        "javascript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "data:text/html,<script>1</script>",
        "//evil.example/",
        "file:///etc/passwd",
        "https//vk.com/yard",
        "http:/vk.com",
        "https://",
        "https://[x",
        "https://localhost/",
        "https://example.org:99999999/",
        "страница ВКонтакте",
    ],
)
def test_what_is_no_address_is_no_link(written):
    read = read_cell(written)

    assert read.links == []
    assert read.broken == [written]


@pytest.mark.parametrize("written", ["", "-", "—\n"])
def test_nothing_is_neither_link_nor_slip(written):
    assert read_cell(written).links == read_cell(written).broken == []


def test_name_beside_a_link_is_no_slip_and_a_broken_address_is():
    assert read_cell("Наша группа:\nvk.com/yard").broken == []
    assert read_cell("vk.com/yard\nhttps//ok.ru/yard").broken == ["https//ok.ru/yard"]


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("https://example.org/yard", "https://example.org/yard"),
        ("example.org/yard", None),
        ("см. https://example.org/yard", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_other_texts_link_only_a_line_that_is_an_address(text, href):
    link = whole_link(text)

    assert (link and link.href) == href


@pytest.mark.parametrize("letters", ["a.", "a-", "https://", "((", "http://a.", "ж."])
def test_endless_text_takes_no_time(letters):
    begun = time.process_time()
    read_cell(letters * (20_000 // len(letters)))

    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.Example.org:8080/a", "example.org"),
        ("example.org", "example.org"),
        ("мойгород.рф", "xn--c1acnlkcap.xn--p1ai"),
        ("https://xn--c1acnlkcap.xn--p1ai/news", "xn--c1acnlkcap.xn--p1ai"),
        ("https://[", ""),
        ("", ""),
    ],
)
def test_hosts_are_compared_in_one_writing(address, host):
    assert host_of(address) == host


@pytest.mark.parametrize(
    ("address", "is_dead"),
    [
        ("https://example.org/yard", True),
        ("https://www.EXAMPLE.org", True),
        ("https://old.example.org/yard", True),
        ("https://notexample.org", False),
        ("https://example.org.ru", False),
        ("https://сад.мойгород.рф", True),
        ("https://рф", False),
    ],
)
def test_host_is_dead_with_all_that_stands_below_it(address, is_dead):
    link = Link(address, address, address)

    shown = unless_dead(link, {"example.org": "закрыт", "xn--c1acnlkcap.xn--p1ai": ""})

    assert isinstance(shown, DeadLink) == is_dead


def test_line_keeps_its_words_beside_an_address_that_does_not_open():
    assert read_line("см. example.org/yard и vk.com", {"example.org": "закрыт"}) == [
        Words("см. "),
        DeadLink("example.org/yard", "example.org/yard", "закрыт"),
        Words(" и "),
        Link("vk.com", "https://vk.com", "vk.com"),
    ]
