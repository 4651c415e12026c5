"""What the buttons of a section's form do to its answer: pure, content in, content out.

A button sends ``do=VERB`` or ``do=VERB:WHAT[:ROW]`` together with the whole form, so the draft is saved with the
command done to it in one save: without JavaScript nothing typed is lost by pressing any of them.
"""

from dataclasses import dataclass

from practices import blocks
from practices.forms import held, rows


class UnknownCommand(Exception):
    """No button of ours sends this."""


@dataclass(frozen=True)
class Done:
    """The answer after the command; what was removed and can be put back.

    Of tables: `row`, the one that was made, moved or brought back (TABLE-ID), and whether it is new. Of a text answer:
    `focus`, the id of the field or button where the writer goes on, with the caret in it; how many pictures a clipboard
    could not bring.
    """

    content: dict
    row: str = ""
    is_new: bool = False
    focus: str = ""
    caret: int | None = None
    removed: held.Removed | rows.Removed | None = None
    pictures: int = 0


def carry_out(command: str, content: dict, shape, brought: held.Brought | None = None) -> Done:
    """Do what the pressed button says. `save`, `resend` and `go:CODE` change nothing: saving is all that they want."""
    verb, _colon, target = command.partition(":")
    brought = brought or held.Brought()
    if verb in {"", "save", "resend", "go"}:
        return Done(content, removed=still_removed(brought, shape))
    if isinstance(shape, blocks.Text):
        return _carry_out_in_text(command, content, brought)
    try:
        answer = rows.carry_out(verb, target, content, shape, rows.Removed.read(brought.removed, shape))
    except rows.NoSuchRow as error:
        raise UnknownCommand(command) from error
    row = f"{target.partition(':')[0]}-{answer.row}" if answer.row else ""
    return Done(answer.content, row=row, is_new=answer.is_new, removed=answer.removed)


def still_removed(brought: held.Brought, shape) -> rows.Removed | None:
    """Rows that went stay within reach until their section is left; a save must not fail over what it carries."""
    if isinstance(shape, blocks.Text):
        return None
    try:
        return rows.Removed.read(brought.removed, shape)
    except rows.NoSuchRow:
        return None


def _carry_out_in_text(command: str, content: dict, brought: held.Brought) -> Done:
    verb, _colon, target = command.partition(":")
    try:
        answer = held.carry_out(verb, target, content, brought)
    except held.NoSuchPlace as error:
        raise UnknownCommand(command) from error
    if answer is None:
        raise UnknownCommand(command)
    return Done(
        {**content, **answer.content},
        focus=answer.focus,
        caret=answer.caret,
        removed=answer.removed,
        pictures=answer.pictures,
    )
