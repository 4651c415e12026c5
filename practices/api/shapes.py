"""The answers of the API, field by field: what is sent is made of these, and the document is read off them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from django.utils.translation import gettext_lazy as _

from competition.enums import TrackCode
from practices.api.schema import About
from practices.enums import AttachmentKind, Award, Chapter, FileType

URI = "uri"


@dataclass(frozen=True)
class PracticeRow:
    ABOUT: ClassVar = _("A practice as a line of the list.")

    slug: Annotated[str, About(_("Name of the practice in its address. It never changes."), "novaya-zhizn-dvorov")]
    title: Annotated[str, About(_("Full title."))]
    territory: Annotated[str, About(_("Name of the city."), "Саров")]
    region: Annotated[str, About(_("Region of the city: two are called Zarechny."), "Нижегородская область")]
    year: Annotated[int, About(_("Year of the contest."), 2021)]
    nomination: Annotated[str, About(_("Nomination of that year; empty where there was none."))]
    theme: Annotated[str, About(_("Theme of the portal, the same for all years; empty while none is chosen."))]
    award: Annotated[str, About(_("What the jury decided; empty where nothing was."), choices=("", *Award.values))]
    summary: Annotated[str, About(_("What the practice is about, in a paragraph."))]
    url: Annotated[str, About(_("Page of the practice."), format=URI)]
    pdf_url: Annotated[str, About(_("The practice as PDF."), format=URI)]


@dataclass(frozen=True)
class PracticeList:
    ABOUT: ClassVar = _("Practices that were found, the best answer first.")

    count: Annotated[int, About(_("How many were found in all, on whichever page."), 27)]
    results: Annotated[list[PracticeRow], About(_("The practices of this page."))]
    shown_for: Annotated[
        str,
        About(_("The query that was answered instead, where the one that was asked has a slip and finds nothing.")),
    ] = ""


@dataclass(frozen=True)
class PracticeLink:
    ABOUT: ClassVar = _("Another practice.")

    slug: Annotated[str, About(_("Name of the practice in its address."))]
    title: Annotated[str, About(_("Full title."))]
    territory: Annotated[str, About(_("Name of the city."))]
    year: Annotated[int, About(_("Year of the contest."))]
    url: Annotated[str, About(_("Page of the practice."), format=URI)]
    api_url: Annotated[str, About(_("The practice in this API."), format=URI)]


@dataclass(frozen=True)
class Figure:
    ABOUT: ClassVar = _("A number that says at a glance what the practice achieved.")

    value: Annotated[str, About(_("The number as it is written in the passport."), "> 1200 слушателей")]
    label: Annotated[str, About(_("Of what."))]


@dataclass(frozen=True)
class Share:
    ABOUT: ClassVar = _("What one source of funding gave.")

    source: Annotated[str, About(_("Source of funding."), "Муниципальный бюджет")]
    amount: Annotated[float, About(_("Roubles."), 150000)]


@dataclass(frozen=True)
class File:
    ABOUT: ClassVar = _("A file that its owner agreed to publish. When the consent is taken back, it is gone at once.")

    kind: Annotated[str, About(_("What it is."), choices=tuple(AttachmentKind.values))]
    caption: Annotated[str, About(_("What it shows, in the words of its owner; may be empty."))]
    file_name: Annotated[str, About(_("Name of the file."))]
    content_type: Annotated[str, About(_("Type of the file."), choices=tuple(FileType.values))]
    size: Annotated[int, About(_("Bytes."))]
    sha256: Annotated[str, About(_("Checksum of its content, SHA-256."))]
    url: Annotated[str, About(_("The file."), format=URI)]


@dataclass(frozen=True)
class TextBlock:
    ABOUT: ClassVar = _("Text as it was typed: paragraphs and lines of lists, with line breaks between them.")

    type: Annotated[Literal["text"], About(_("A text."))]
    text: Annotated[str, About(_("The text."))]


@dataclass(frozen=True)
class Column:
    ABOUT: ClassVar = _("A column of a table of the form.")

    code: Annotated[str, About(_("Code, the same in all years."), "amount")]
    title: Annotated[str, About(_("Heading."))]
    group: Annotated[str, About(_("Heading that it shares with other columns; may be empty."))]


@dataclass(frozen=True)
class TableBlock:
    ABOUT: ClassVar = _("A table: one of the form, with named columns, or one that the author put among the text.")

    type: Annotated[Literal["table"], About(_("A table."))]
    title: Annotated[str, About(_("Heading; may be empty."))]
    columns: Annotated[list[Column], About(_("Columns in order; none for a table that the author put among the text."))]
    rows: Annotated[list[list[str]], About(_("Cells by rows, in the order of the columns, as they were typed."))]


@dataclass(frozen=True)
class Section:
    ABOUT: ClassVar = _("An answered public section of the passport. Contacts are never among them.")

    number: Annotated[int, About(_("Number in the form of its year."))]
    code: Annotated[str, About(_("Code, the same in all years."), "description")]
    title: Annotated[str, About(_("Title as in the form."))]
    chapter: Annotated[str, About(_("Chapter of the page that shows it."), choices=tuple(Chapter.values))]
    content: Annotated[list[TextBlock | TableBlock], About(_("The answer in reading order."))]


@dataclass(frozen=True)
class PracticeDetail(PracticeRow):
    ABOUT: ClassVar = _("All that is public of a practice.")

    short_title: Annotated[str, About(_("Title on cards; may be empty."))]
    territory_slug: Annotated[str, About(_("Name of the city in its address."), "sarov")]
    theme_slug: Annotated[str, About(_("Name of the theme in addresses; may be empty."))]
    track: Annotated[
        str,
        About(_("Track: best practices or adoption; may be empty."), choices=("", *TrackCode.values)),
    ]
    published_at: Annotated[datetime, About(_("When it became public."))]
    started_year: Annotated[int | None, About(_("Year in which it began."))]
    cost_total: Annotated[float | None, About(_("Costs in roubles, where every line of them could be read."))]
    cost_shares: Annotated[list[Share], About(_("Costs by source, where they could be read."))]
    people_reached: Annotated[int | None, About(_("How many people it reaches, where that could be read."))]
    key_figures: Annotated[list[Figure], About(_("What it achieved, in numbers."))]
    description: Annotated[str, About(_("Text of the brochure, for a practice that has no passport."))]
    donor: Annotated[PracticeLink | None, About(_("The practice that was repeated here."))]
    adoptions: Annotated[list[PracticeLink], About(_("Practices of other cities that repeat this one."))]
    attachments: Annotated[list[File], About(_("Photos, letters and documents that are published."))]
    edition: Annotated[str, About(_("Form that the passport was filled in by; empty without a passport."), "2022")]
    sections: Annotated[list[Section], About(_("The passport; empty for a practice that has only a card."))]
    api_url: Annotated[str, About(_("This answer."), format=URI)]


@dataclass(frozen=True)
class TrackRow:
    ABOUT: ClassVar = _("A way to take part in a year.")

    code: Annotated[str, About(_("Code, the same in all years."), choices=tuple(TrackCode.values))]
    title: Annotated[str, About(_("Title."))]
    opens_at: Annotated[datetime, About(_("From when applications are taken."))]
    closes_at: Annotated[datetime, About(_("Until when applications are taken."))]


@dataclass(frozen=True)
class ContestRow:
    ABOUT: ClassVar = _("A year of the contest.")

    year: Annotated[int, About(_("Year."), 2021)]
    opens_on: Annotated[date | None, About(_("First day, for years before the portal."))]
    closes_on: Annotated[date | None, About(_("Last day, for years before the portal."))]
    announced_at: Annotated[datetime | None, About(_("When the results were announced; null until they are."))]
    applications: Annotated[int | None, About(_("How many applications there were; null until the announcement."))]
    winners: Annotated[int, About(_("How many winners are in the bank."))]
    practices: Annotated[int, About(_("How many practices are in the bank."))]
    nominations: Annotated[list[str], About(_("Nominations of the year."))]
    tracks: Annotated[list[TrackRow], About(_("Tracks of the year."))]
    url: Annotated[str, About(_("Page of the year."), format=URI)]
    practices_url: Annotated[str, About(_("Its practices in this API."), format=URI)]


@dataclass(frozen=True)
class ContestList:
    ABOUT: ClassVar = _("Years of the contest, the latest first.")

    count: Annotated[int, About(_("How many there are in all, on whichever page."))]
    results: Annotated[list[ContestRow], About(_("The years of this page."))]


@dataclass(frozen=True)
class TerritoryRow:
    ABOUT: ClassVar = _("A city of the contest.")

    slug: Annotated[str, About(_("Name of the city in its address. It never changes."), "sarov")]
    name: Annotated[str, About(_("Name."), "Саров")]
    full_name: Annotated[str, About(_("Official name."))]
    status: Annotated[str, About(_("Kind of municipality; may be empty."))]
    region: Annotated[str, About(_("Region."))]
    latitude: Annotated[float, About(_("Latitude in degrees, WGS 84."), 54.9333)]
    longitude: Annotated[float, About(_("Longitude in degrees, WGS 84."), 43.3167)]
    time_zone: Annotated[str, About(_("Time zone by its IANA name."), "Europe/Moscow")]
    distance_km: Annotated[float, About(_("Great-circle distance from Moscow in kilometres."), 373.1)]
    bearing: Annotated[float, About(_("Direction from Moscow in degrees, clockwise from north."), 102.4)]
    practices: Annotated[int, About(_("How many practices are in the bank."))]
    winners: Annotated[int, About(_("How many winners are in the bank."))]
    url: Annotated[str, About(_("Page of the city."), format=URI)]
    practices_url: Annotated[str, About(_("Its practices in this API."), format=URI)]


@dataclass(frozen=True)
class TerritoryList:
    ABOUT: ClassVar = _("Cities of the contest by name.")

    count: Annotated[int, About(_("How many there are in all, on whichever page."))]
    results: Annotated[list[TerritoryRow], About(_("The cities of this page."))]


@dataclass(frozen=True)
class ThemeRow:
    ABOUT: ClassVar = _("A theme of the portal. Themes are editorial and stay the same for all years.")

    slug: Annotated[str, About(_("Name of the theme in addresses."))]
    title: Annotated[str, About(_("Title."))]
    practices: Annotated[int, About(_("How many practices are in the bank."))]
    practices_url: Annotated[str, About(_("Its practices in this API."), format=URI)]


@dataclass(frozen=True)
class ThemeList:
    ABOUT: ClassVar = _("Themes in their order.")

    count: Annotated[int, About(_("How many there are in all, on whichever page."))]
    results: Annotated[list[ThemeRow], About(_("The themes of this page."))]


@dataclass(frozen=True)
class Index:
    ABOUT: ClassVar = _("Where everything is.")

    title: Annotated[str, About(_("Title of the API."))]
    version: Annotated[str, About(_("Version. Fields may be added to it, none are taken away."), "1")]
    documentation: Annotated[str, About(_("A page to read about the API and to try it."), format=URI)]
    openapi: Annotated[str, About(_("This document, OpenAPI 3.1."), format=URI)]
    practices: Annotated[str, About(_("Practices."), format=URI)]
    contests: Annotated[str, About(_("Years of the contest."), format=URI)]
    territories: Annotated[str, About(_("Cities."), format=URI)]
    themes: Annotated[str, About(_("Themes."), format=URI)]


@dataclass(frozen=True)
class Error:
    ABOUT: ClassVar = _("Why there is no answer.")

    error: Annotated[str, About(_("A sentence for a person, in Russian."), "Конкурса за год «1999» нет.")]
