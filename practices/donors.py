"""The practice that a city adopts, section by section beside the new passport, and what the city did with each."""

from dataclasses import dataclass

from practices import codes
from practices.enums import DonorChoice, Readers
from practices.models import DonorComparison, Passport, Practice, SectionTemplate
from practices.queries import Audience, ReadSection, read_sections, with_sections
from practices.search import matching, ranked

NOT_COMPARED = frozenset({codes.TITLE, codes.TERRITORY, codes.DONOR})  # what every practice has of its own
MOST_OFFERED = 200  # practices in the list to choose from; a search makes it shorter


@dataclass(frozen=True)
class DonorBeside:
    """What stands beside one section of a passport: the donor's own answer, or the card of a practice without one."""

    donor: Practice
    section: ReadSection | None
    comparison: DonorComparison

    @property
    def has_passport(self) -> bool:
        return self.donor.passport_id is not None


@dataclass(frozen=True)
class Compared:
    """A section with what was done to it, for whoever reads the passport."""

    template: SectionTemplate
    comparison: DonorComparison

    @property
    def is_kept(self) -> bool:
        return self.comparison.choice == DonorChoice.KEPT


def donor_of(passport: Passport) -> Practice | None:
    """The donor, as far as it can be read: one that left the bank is known to nobody here."""
    donor = passport.donor
    return donor if donor and donor.published_at else None


def is_compared(template: SectionTemplate) -> bool:
    """Personal sections are nobody's to copy, and the first lines of the form differ by themselves."""
    return template.readers == Readers.EVERYONE and template.code not in NOT_COMPARED


def donor_beside(passport: Passport, template: SectionTemplate) -> DonorBeside | None:
    """What to show beside this section; None where there is nothing to compare it with."""
    donor = donor_of(passport)
    if donor is None or not is_compared(template):
        return None
    known = passport.donor_comparisons.filter(donor=donor, code=template.code).first()
    unsaid = DonorComparison(passport=passport, donor=donor, code=template.code)
    return DonorBeside(donor, _answer_of(donor, template.code), known or unsaid)


def _answer_of(donor: Practice, code: str) -> ReadSection | None:
    """The donor's public answer under the same code, in its own edition."""
    if donor.passport_id is None:
        return None
    passport = with_sections(Passport.objects.filter(pk=donor.passport_id)).get()
    sections = read_sections(passport, audience=Audience.PUBLIC)
    return next((section for section in sections if section.code == code and section.is_answered), None)


def comparisons_of(passport: Passport) -> list[Compared]:
    """What was said of each section, in the order of the form."""
    donor = donor_of(passport)
    if donor is None:
        return []
    said = {comparison.code: comparison for comparison in passport.donor_comparisons.filter(donor=donor)}
    return [
        Compared(template, said[template.code])
        for template in passport.edition.templates
        if template.code in said and is_compared(template) and (said[template.code].choice or said[template.code].why)
    ]


def practices_to_adopt(words: str):
    """Public practices for the choice of a donor: those that have the words, the best first."""
    practices = Practice.objects.published().select_related("territory", "contest")
    return ranked(matching(practices, words), words) if words.strip() else practices
