"""What an application of this year takes over from the one that it goes on with, and what of it found no place.

Derived from the earlier passport each time it is asked for: nothing of it is stored twice.
"""

from dataclasses import dataclass, field

from competition.enums import Status
from competition.models import Application
from practices import fitting
from practices.models import Passport, SectionTemplate
from practices.queries import with_sections


@dataclass(frozen=True)
class CarriedSection:
    """One section that came over; `guessed` names the columns filled out of another one, to be checked."""

    template: SectionTemplate
    guessed: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftSection:
    """What of an earlier section has no place in the new form, piece by piece."""

    title: str
    texts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Carried:
    earlier: Application
    sections: list[CarriedSection]
    left: list[LeftSection]

    @property
    def guessed(self) -> list[CarriedSection]:
        return [section for section in self.sections if section.guessed]

    @property
    def needs_a_look(self) -> bool:
        return bool(self.left or self.guessed)


def continuation_of(application: Application) -> Application | None:
    """The later application that goes on with this one, if there is one still."""
    going_on = application.continued_by.exclude(status=Status.WITHDRAWN)
    return going_on.select_related("contest").order_by("created_at", "pk").first()


def fit_into(earlier: Passport, edition, track) -> fitting.Fit:
    """The earlier passport laid out in a form, as far as the form's sections are for this track."""
    shapes = {template.code: template.shape for template in edition.templates if template.applies_to(track.code)}
    return fitting.fit({section.code: section.content for section in earlier.sections.all()}, shapes)


def carried_into(passport: Passport) -> Carried | None:
    """What this passport began with; None for one that began empty."""
    earlier = with_sections(Passport.objects.filter(application__continued_by=passport.application)).first()
    if earlier is None:
        return None
    found = fit_into(earlier, passport.edition, passport.application.track)
    sections = [
        CarriedSection(template, _titles(template, found.sections[template.code].guessed))
        for template in passport.edition.templates
        if template.code in found.sections
    ]
    return Carried(earlier.application, sections, _left(earlier, found.strays))


def _titles(template: SectionTemplate, codes: tuple[str, ...]) -> tuple[str, ...]:
    columns = [column for table in getattr(template.shape, "tables", ()) for column in table.columns]
    return tuple(column.title for column in columns if column.code in codes)


def _left(earlier: Passport, strays: list[fitting.Stray]) -> list[LeftSection]:
    texts: dict[str, list[str]] = {}
    for stray in strays:
        texts.setdefault(stray.code, []).append(stray.text)
    templates = [template for template in earlier.edition.templates if template.code in texts]
    return [LeftSection(template.title, texts[template.code]) for template in templates]
