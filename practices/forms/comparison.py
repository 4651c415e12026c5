"""Two answers to one section, and the answer that a person makes of them.

Every passage that differs has a choice, ``part-N``: the text on the server (`before`), one's own (`after`) or both.
``merge`` carries the version on the server that was compared with, ``compared`` what one's own text was: choices made
before another texts hold for those alone.
"""

import hashlib
import json
from dataclasses import dataclass

from practices import blocks, differences


class StaleChoices(Exception):
    """The texts are no longer those that the choices were made for."""


@dataclass(frozen=True)
class Part:
    """A passage with what is suggested for it, if it differs."""

    passage: differences.Passage
    name: str = ""
    choice: str = ""

    @property
    def choices(self) -> tuple[str, ...]:
        return differences.CHOICES if self.passage.allows_both else (differences.BEFORE, differences.AFTER)


class Comparison:
    """`theirs` stands on the server, `mine` was typed, both were begun from `base`: contents of the section's shape."""

    def __init__(self, shape: blocks.Text | blocks.Tables, *, theirs: dict, mine: dict, base: dict):
        self.shape = shape
        self.passages = differences.compare(theirs, mine, shape)
        self.suggested = differences.suggest(self.passages, base, shape)
        self.digest = _digest(theirs, mine)

    @property
    def parts(self) -> list[Part]:
        suggested = enumerate(self.suggested)
        return [
            Part(passage) if passage.is_same else Part(passage, *_named(*next(suggested))) for passage in self.passages
        ]

    def chosen(self, data) -> dict:
        """The answer as it was chosen in a form; raises `StaleChoices` when the form was made for other texts."""
        if data.get("compared") != self.digest:
            raise StaleChoices
        choices = [data.get(f"part-{number}", "") for number in range(len(self.suggested))]
        try:
            return differences.merge(self.passages, choices, self.shape)
        except ValueError as error:
            raise StaleChoices from error


def _named(number: int, choice: str) -> tuple[str, str]:
    return f"part-{number}", choice


def _digest(*contents: dict) -> str:
    """What two texts were, without the ids that blank rows get anew with every page."""
    words = json.dumps([blocks.without_ids(content) for content in contents], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()[:16]
