from practices.models.edition import ContestForm, Edition, SectionTemplate
from practices.models.passport import Passport, PassportSection, Remark, SectionRevision
from practices.models.practice import KeyFigure, Practice, SearchEntry, Theme
from practices.models.word_import import WordImport

__all__ = [
    "ContestForm",
    "Edition",
    "KeyFigure",
    "Passport",
    "PassportSection",
    "Practice",
    "Remark",
    "SearchEntry",
    "SectionRevision",
    "SectionTemplate",
    "Theme",
    "WordImport",
]
