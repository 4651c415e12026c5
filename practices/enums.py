"""Words of the passport and the bank that code decides by."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Award(TextChoices):
    """What the jury's decision made of a practice. Blank for a practice of a year without decisions."""

    WINNER = "winner", _("Winner")
    LAUREATE = "laureate", _("Laureate")
    PARTICIPANT = "participant", _("Participant")


class Funding(TextChoices):
    """Who pays for a practice, as far as the words of its passport tell."""

    MUNICIPAL = "municipal", _("Municipal budget")
    REGIONAL = "regional", _("Regional budget")
    FEDERAL = "federal", _("Federal budget")
    BUDGET = "budget", _("A budget, its level not named")
    GRANTS = "grants", _("Grants and funds outside the budget")
    SPONSORS = "sponsors", _("Enterprises, sponsors, donations")
    OWN = "own", _("Own funds and those of residents")
    SEVERAL = "several", _("Several sources in one line")
    OTHER = "other", _("Other sources")
    UNNAMED = "unnamed", _("Source not named")


class Confirmer(TextChoices):
    """Whose word it was that a practice still stands as it is told; a role, for the bank names nobody."""

    TEAM = "team", _("the team of the practice")
    ORGANISER = "organiser", _("the organiser of the contest")


class Kinship(TextChoices):
    """What another practice is to the one that is read."""

    DONOR = "donor", _("donor")
    SELF = "self", _("this practice")
    FOLLOWER = "follower", _("follower")


class CostClass(TextChoices):
    """How much a practice cost, coarse enough to choose by. A limit belongs to the class below it."""

    UP_TO_100K = "up-to-100k", _("up to 100 thousand ₽")
    UP_TO_500K = "100k-500k", _("100–500 thousand ₽")
    UP_TO_1M = "500k-1m", _("500 thousand – 1 million ₽")
    UP_TO_10M = "1m-10m", _("1–10 million ₽")
    OVER_10M = "over-10m", _("over 10 million ₽")

    @property
    def bounds(self) -> tuple[int | None, int | None]:
        """Over how many roubles, and up to how many; `None` for an open end."""
        return _between(self, (100_000, 500_000, 1_000_000, 10_000_000))


class PeopleClass(TextChoices):
    """How many people a practice reached, coarse enough to choose by. A limit belongs to the class below it."""

    UP_TO_100 = "up-to-100", _("up to 100 people")
    UP_TO_1000 = "100-1000", _("100–1000 people")
    UP_TO_10K = "1000-10000", _("1–10 thousand people")
    UP_TO_100K = "10000-100000", _("10–100 thousand people")
    OVER_100K = "over-100000", _("over 100 thousand people")

    @property
    def bounds(self) -> tuple[int | None, int | None]:
        """Over how many people, and up to how many; `None` for an open end."""
        return _between(self, (100, 1_000, 10_000, 100_000))


def _between(option: TextChoices, limits: tuple[int, ...]) -> tuple[int | None, int | None]:
    place = list(type(option)).index(option)
    ends = (None, *limits, None)
    return ends[place], ends[place + 1]


class Sort(TextChoices):
    """In which order practices are shown. By relevance only where words were asked for."""

    RELEVANCE = "relevance", _("best matching")
    NEWEST = "newest", _("newest")
    ADOPTED = "adopted", _("most adopted")
    CHEAPEST = "cost", _("least costly")
    COSTLIEST = "-cost", _("most costly")


class View(TextChoices):
    """The looks of one answer of the bank."""

    CARDS = "cards", _("Cards")
    LIST = "list", _("List")
    MAP = "map", _("Map")


class Chapter(TextChoices):
    """How the reader's page groups the sections; the official numbers stay as they are."""

    CARD = "card", _("The practice")
    WHY = "why", _("Why")
    HOW = "how", _("How it works")
    OUTCOME = "outcome", _("What came of it")
    NEEDS = "needs", _("What it took")
    PEOPLE = "people", _("People and links")


class Readers(TextChoices):
    """How far a section may be read. The applicant and the organiser read everything."""

    EVERYONE = "everyone", _("everyone")
    JURY = "jury", _("the jury and the organiser")
    ORGANISER = "organiser", _("the organiser alone")


class Frequency(TextChoices):
    """How often letters about a saved search come at most."""

    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")


class Mark(TextChoices):
    """The shape and colour of a theme: never colour alone."""

    HUM = "hum", _("circle")
    CIV = "civ", _("diamond")
    COMF = "comf", _("square")
    ECON = "econ", _("triangle")
    SOC = "soc", _("cross")
    VOL = "vol", _("ring")


class Progress(TextChoices):
    """How far one section of a passport is, as its applicant sees it."""

    EMPTY = "empty", _("Empty")
    DRAFT = "draft", _("Draft")
    READY = "ready", _("Ready")
    REMARKED = "remarked", _("Remark")
    NOT_NEEDED = "not_needed", _("Not required")


class Reading(TextChoices):
    """How far the reading of an uploaded Word file is."""

    WAITING = "waiting", _("is being read")
    READ = "read", _("read")
    REFUSED = "refused", _("not taken")


class Outcome(TextChoices):
    """What became of a file with an old passport."""

    PLACED = "placed", _("brought in")
    DOUBTFUL = "doubtful", _("brought in, to be checked")
    DUPLICATE = "duplicate", _("is here already")
    UNPLACED = "unplaced", _("not brought in")
    REFUSED = "refused", _("refused")


class AttachmentKind(TextChoices):
    """What a file beside the passport is for. Photos and papers are published by consents of their own."""

    LETTER = "letter", _("Letter")
    PHOTO = "photo", _("Photo")
    DOCUMENT = "document", _("Document")


class FileType(TextChoices):
    """What a file is, by what is in it. Nothing else is taken."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"


PICTURES = (FileType.JPEG, FileType.PNG)


class DonorChoice(TextChoices):
    """What the city that adopts a practice did with one section of its donor."""

    KEPT = "kept", _("We kept it")
    CHANGED = "changed", _("We changed it")
    DROPPED = "dropped", _("We did without it")


class ExportKind(TextChoices):
    """What a selection of the bank is taken away as."""

    PDF = "pdf", "PDF"
    XLSX = "xlsx", "Excel"
    CSV = "csv", "CSV"
    JSON = "json", "JSON"
