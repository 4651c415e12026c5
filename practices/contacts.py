"""Who answers for a practice, taken apart: person, post, telephones, e-mails, each as it was written. Pure.

Shown beside the cells so that a slip is seen; nothing read here is stored, and what is not understood is said so.
"""

import re
from dataclasses import dataclass

_NAME = r"[А-ЯЁ][А-ЯЁа-яё]+(?:-[А-ЯЁ][А-ЯЁа-яё]+)?"
_PATRONYMIC = r"[А-ЯЁ][А-ЯЁа-яё]+(?:(?:ич|вна|чна|ИЧ|ВНА|ЧНА)|\s+(?:оглы|кызы))"
_INITIALS = r"[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"
_FULL = rf"{_NAME}\s+{_NAME}\s+{_PATRONYMIC}|{_NAME}\s+{_PATRONYMIC}\s+{_NAME}"
_SHORT = rf"{_NAME}\s+{_INITIALS}|{_INITIALS}\s?{_NAME}"
_PERSON = re.compile(rf"(?<![\w-])(?:{_FULL}|{_SHORT})(?![\w-])")
_TWO_NAMES = re.compile(rf"^{_NAME}\s+{_NAME}(?=\s*(?:,|;|\(|\s[–—-]\s|$))")
_ORDINAL = re.compile(r"^\s*\d{1,2}[.)]\s+")
_EDGES = " \t\u00a0,;:.()–—-"

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_EXTENSION = r"(?:\s*,?\s*\(?(?:доб|вн)[а-я]*\.?\s*\d{1,6}\)?)?"
_TELEPHONE = re.compile(rf"(?<![\w@.])\+?\(?\d[\d \u00a0()‑–-]{{3,40}}\d(?![\w@]){_EXTENSION}", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(?:контактн\w+|рабоч\w+|мобильн\w+|сотов\w+|электронн\w+|адрес|номер|телефон\w*|тел|факс|моб|сот|раб|т|ф|эл|почт\w*"
    r"|e-?mail|mail|и)\b[.:/]*",
    re.IGNORECASE,
)
_FAX = re.compile(r"факс|\bф\.|fax", re.IGNORECASE)
LEAST_DIGITS, MOST_DIGITS = 5, 15


@dataclass(frozen=True)
class Person:
    """One person of a cell; `post` may be empty."""

    name: str
    post: str


@dataclass(frozen=True)
class Contacts:
    """How to reach them. `rest`: words that are no telephone, no e-mail and no label of one."""

    telephones: list[str]
    faxes: list[str]
    emails: list[str]
    rest: list[str]

    def __bool__(self):
        return bool(self.telephones or self.faxes or self.emails)


def read_persons(text: str) -> list[Person]:
    """The people of a cell and their posts, parted by a comma, a dash or a line; [] where no name can be told."""
    persons: list[Person] = []
    for line in filter(None, (_ORDINAL.sub("", line).strip() for line in text.split("\n"))):
        found = _people_of(line)
        if found:
            persons.extend(found)
        elif persons:
            last = persons[-1]
            persons[-1] = Person(last.name, " ".join(filter(None, [last.post, line.strip(_EDGES)])))
        else:
            return []
    return persons


def _people_of(line: str) -> list[Person]:
    names = list(_PERSON.finditer(line)) or list(_TWO_NAMES.finditer(line))
    if not names:
        return []
    before = _trimmed(line[: names[0].start()])
    ends = [*(name.start() for name in names[1:]), len(line)]
    people = [
        Person(" ".join(name[0].split()), _trimmed(line[name.end() : end]))
        for name, end in zip(names, ends, strict=True)
    ]
    if before:  # the post came first: «Директор школы Иванова Анна Петровна»
        people[0] = Person(people[0].name, ", ".join(filter(None, [before, people[0].post])))
    return people


def read_contacts(text: str) -> Contacts:
    """Telephones, faxes and e-mails of a cell, and what else it says."""
    telephones, faxes, emails, rest = [], [], [], []
    for line in text.split("\n"):
        left, start = [], 0
        for found in _tokens(line):
            label = line[start : found.start()]
            left.append(label)
            start = found.end()
            if "@" in found[0]:
                emails.append(found[0].rstrip("."))
            elif _FAX.search(label) and not re.search("тел", label, re.IGNORECASE):
                faxes.append(found[0].strip())
            else:
                telephones.append(_trimmed_number(found[0]))
        left.append(line[start:])
        rest.extend(words for part in left if (words := _trimmed(_LABEL.sub(" ", part))))
    return Contacts(telephones, faxes, emails, rest)


def _tokens(line: str):
    """E-mails and telephones in the order they stand; digits inside an e-mail are no telephone."""
    emails = list(_EMAIL.finditer(line))
    numbers = [
        number
        for number in _TELEPHONE.finditer(line)
        if LEAST_DIGITS <= sum(map(str.isdigit, number[0])) <= MOST_DIGITS + 6
        and not any(email.start() < number.end() and number.start() < email.end() for email in emails)
    ]
    return sorted([*emails, *numbers], key=lambda found: found.start())


def _trimmed_number(written: str) -> str:
    written = written.strip()
    return written[1:] if written.startswith("(") and ")" not in written else written


def _trimmed(words: str) -> str:
    """Words without the signs that part them from a name; a bracket or quote of their own stays."""
    words = " ".join(words.split()).strip(" \u00a0,;:–—-/")
    if words.startswith("(") and words.endswith(")"):
        words = words[1:-1].strip()
    return "" if not any(letter.isalnum() for letter in words) else words
