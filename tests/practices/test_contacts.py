"""Shapes seen in passports; the people and their numbers are invented."""

import time

import pytest

from practices.contacts import Person, read_contacts, read_persons


@pytest.mark.parametrize(
    ("written", "name", "post"),
    [
        ("Снегирёва Анна Петровна, директор МАУ «Двор»", "Снегирёва Анна Петровна", "директор МАУ «Двор»"),
        ("Снегирёва Анна Петровна - начальник отдела", "Снегирёва Анна Петровна", "начальник отдела"),
        ("Снегирёва Анна Петровна – глава (и. о.)", "Снегирёва Анна Петровна", "глава (и. о.)"),
        ("Снегирёва  Анна\u00a0Петровна", "Снегирёва Анна Петровна", ""),
        ("Снегирёва А. П.\nДиректор школы\nимени Пушкина", "Снегирёва А. П.", "Директор школы имени Пушкина"),
        ("А.П. Снегирёва, глава", "А.П. Снегирёва", "глава"),
        ("Директор школы Снегирёва Анна Петровна", "Снегирёва Анна Петровна", "Директор школы"),
        ("11. Чижов Иван Ильич, Глава города", "Чижов Иван Ильич", "Глава города"),
        ("ЧИЖОВ Иван Ильич (глава)", "ЧИЖОВ Иван Ильич", "глава"),
        ("Анна Петровна Снегирёва: куратор", "Анна Петровна Снегирёва", "куратор"),
        ("Анна Снегирёва, куратор", "Анна Снегирёва", "куратор"),
        ("Соловьёва-Чижова Анна Петровна, куратор", "Соловьёва-Чижова Анна Петровна", "куратор"),
        ("Чижов Ильхам Расул оглы, куратор", "Чижов Ильхам Расул оглы", "куратор"),
    ],
)
def test_person_and_post_are_told_apart(written, name, post):
    assert read_persons(written) == [Person(name, post)]


def test_two_people_of_one_cell():
    assert read_persons("1. Снегирёва Анна Петровна (директор)\n2. Чижов Иван Ильич – глава") == [
        Person("Снегирёва Анна Петровна", "директор"),
        Person("Чижов Иван Ильич", "глава"),
    ]
    assert [person.name for person in read_persons("А. П. Снегирёва, Б. И. Чижов")] == [
        "А. П. Снегирёва",
        "Б. И. Чижов",
    ]


@pytest.mark.parametrize("written", ["", "Администрация города", "отдел культуры", "—"])
def test_no_name_is_made_up(written):
    assert read_persons(written) == []


@pytest.mark.parametrize(
    ("written", "telephones", "faxes", "emails", "rest"),
    [
        ("8 (000-0) 00-00-00\nanna@example.org", ["8 (000-0) 00-00-00"], [], ["anna@example.org"], []),
        ("80000000000\n\nanna@example.org ", ["80000000000"], [], ["anna@example.org"], []),
        ("8(0000)00-00-00", ["8(0000)00-00-00"], [], [], []),
        (
            "+7 000 000-00-00; +7\u00a0000\u00a0000-00-01",
            ["+7 000 000-00-00", "+7\u00a0000\u00a0000-00-01"],
            [],
            [],
            [],
        ),
        (
            "Тел. 000-00-00, 000-00-01 (доб. 12), факс: 00-00-02",
            ["000-00-00", "000-00-01 (доб. 12)"],
            ["00-00-02"],
            [],
            [],
        ),
        ("тел./факс: 000-00-00", ["000-00-00"], [], [], []),
        ("e-mail: a.b@example.org, c-d@example.org.", [], [], ["a.b@example.org", "c-d@example.org"], []),
        ("a_b1234567@example.org", [], [], ["a_b1234567@example.org"], []),
        ("+70000000000 (Анна)", ["+70000000000"], [], [], ["Анна"]),
        ("рабочий телефон: 000-00-00, эл. почта: нет", ["000-00-00"], [], [], ["нет"]),
        ("с 9 до 18", [], [], [], ["с 9 до 18"]),
        ("", [], [], [], []),
    ],
)
def test_telephones_faxes_and_emails_as_written(written, telephones, faxes, emails, rest):
    read = read_contacts(written)

    assert (read.telephones, read.faxes, read.emails, read.rest) == (telephones, faxes, emails, rest)


@pytest.mark.parametrize("letters", ["a", "0 ", "(", "А. ", "Аа ", "a@", "-", "Аич "])
def test_endless_text_takes_no_time(letters):
    begun = time.process_time()
    read_persons(letters * (20_000 // len(letters)))
    read_contacts(letters * (20_000 // len(letters)))

    assert time.process_time() - begun < 3
