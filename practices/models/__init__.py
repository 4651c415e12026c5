from practices.models.adoption import AdoptionRequest
from practices.models.attachment import Attachment
from practices.models.collection import CollectedPractice, Collection
from practices.models.dead_host import DeadHost
from practices.models.donor import DonorComparison
from practices.models.edition import ContestForm, Edition, SectionTemplate
from practices.models.export import Export
from practices.models.favourite import Favourite
from practices.models.old_passports import OldPassport, OldPassportBatch, OldPassportFile
from practices.models.passport import Passport, PassportSection, Remark, SectionRevision
from practices.models.practice import CostShare, KeyFigure, Practice, SearchEntry, SearchText, Theme
from practices.models.presence import Presence
from practices.models.saved_search import SavedSearch
from practices.models.version import BankVersion
from practices.models.word_import import WordImport

__all__ = [
    "AdoptionRequest",
    "Attachment",
    "BankVersion",
    "CollectedPractice",
    "Collection",
    "ContestForm",
    "CostShare",
    "DeadHost",
    "DonorComparison",
    "Edition",
    "Export",
    "Favourite",
    "KeyFigure",
    "OldPassport",
    "OldPassportBatch",
    "OldPassportFile",
    "Passport",
    "PassportSection",
    "Practice",
    "Presence",
    "Remark",
    "SavedSearch",
    "SearchEntry",
    "SearchText",
    "SectionRevision",
    "SectionTemplate",
    "Theme",
    "WordImport",
]
