"""What people do with passports. Sections are written here and nowhere else."""

from practices.services.adoption import ask_to_adopt
from practices.services.attachments import (
    AttachmentExists,
    NoRoom,
    attach_file,
    describe_attachment,
    draw_preview,
    offer_attachment,
    read_text,
    remove_attachment,
)
from practices.services.confirming import confirm_practice
from practices.services.consents import choose_publication
from practices.services.donors import choose_donor, compare_with_donor
from practices.services.editions import load_edition
from practices.services.favourites import keep, let_go
from practices.services.filing import ConsentMissing, IncompletePassport, return_with_remarks, submit_passport
from practices.services.passports import continue_passport, start_passport
from practices.services.presence import note_presence
from practices.services.sections import Conflict, ContentTooLarge, Saved, Turn, save_section
from practices.services.words import keep_word_file, read_waiting_file, take_over

__all__ = [
    "AttachmentExists",
    "Conflict",
    "ConsentMissing",
    "ContentTooLarge",
    "IncompletePassport",
    "NoRoom",
    "Saved",
    "Turn",
    "ask_to_adopt",
    "attach_file",
    "choose_donor",
    "choose_publication",
    "compare_with_donor",
    "confirm_practice",
    "continue_passport",
    "describe_attachment",
    "draw_preview",
    "keep",
    "keep_word_file",
    "let_go",
    "load_edition",
    "note_presence",
    "offer_attachment",
    "read_text",
    "read_waiting_file",
    "remove_attachment",
    "return_with_remarks",
    "save_section",
    "start_passport",
    "submit_passport",
    "take_over",
]
