"""What people do with passports. Sections are written here and nowhere else."""

from practices.services.editions import load_edition
from practices.services.filing import ConsentMissing, IncompletePassport, return_with_remarks, submit_passport
from practices.services.passports import start_passport
from practices.services.sections import Conflict, ContentTooLarge, Saved, Turn, save_section
from practices.services.words import keep_word_file, take_over

__all__ = [
    "Conflict",
    "ConsentMissing",
    "ContentTooLarge",
    "IncompletePassport",
    "Saved",
    "Turn",
    "keep_word_file",
    "load_edition",
    "return_with_remarks",
    "save_section",
    "start_passport",
    "submit_passport",
    "take_over",
]
