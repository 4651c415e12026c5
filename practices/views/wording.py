"""A section's state in words: what the list of sections, the editor and the panel of submission say about it."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _, ngettext

from practices.enums import Progress, Readers
from practices.queries import ReadSection

PAGE = 3600  # characters on a page of the official form: half a page is taken as 1,800
LINE = 60


@dataclass(frozen=True)
class Meter:
    """How long an answer is beside its limit. A warning, never an obstacle, unless the form makes the limit strict."""

    length: int
    limit: int
    is_strict: bool = False

    @classmethod
    def of(cls, section: ReadSection) -> "Meter | None":
        if section.template.limit is None:
            return None
        return cls(section.length, section.template.limit, section.template.limit_is_strict)

    @property
    def counts_pages(self) -> bool:
        """Limits of half a page and more are told in pages, as the form does; shorter ones in characters."""
        return self.limit >= PAGE // 2

    @property
    def kind(self) -> str:
        if self.length > self.limit:
            return "over"
        return "full" if self.length >= self.limit * 0.9 else "under"

    @property
    def filled(self) -> float:
        """The filled part of the drawn sheet, of 38 units; the limit's line stands at half of it."""
        return round(min(self.length / self.limit, 2) * 19, 1)

    @property
    def share(self) -> str:
        """«0,4 страницы из 0,5» or «120 знаков из 300»."""
        if self.counts_pages:
            return _("%(length)s of %(limit)s page") % {"length": self._pages, "limit": _pages(self.limit)}
        return _("%(length)s of %(limit)s characters") % {"length": self.length, "limit": self.limit}

    @property
    def _pages(self) -> str:
        """A little over the limit must not be rounded down to it: 0,53 and not 0,5 of 0,5."""
        rounded = _pages(self.length)
        return _pages(self.length, 2) if self.kind == "over" and rounded == _pages(self.limit) else rounded

    @property
    def rest(self) -> str:
        """How much may still be written, or is too much, in lines or characters."""
        rest = abs(self.limit - self.length)
        if self.counts_pages:
            lines = max(round(rest / LINE), 1)
            if self.kind == "over":
                return ngettext("about %(count)s line over", "about %(count)s lines over", lines) % {"count": lines}
            return ngettext("about %(count)s line left", "about %(count)s lines left", lines) % {"count": lines}
        if self.kind == "over":
            return ngettext("%(count)s character over", "%(count)s characters over", rest) % {"count": rest}
        return ngettext("%(count)s character left", "%(count)s characters left", rest) % {"count": rest}


def _pages(length: int, places: int = 1) -> str:
    pages = round(length / PAGE, places)
    return number_format(int(pages) if pages == int(pages) else pages)


def reason(section: ReadSection) -> str:
    """One line that says why the section stands where it does; nothing where the state's word says it all."""
    match section.progress:
        case Progress.REMARKED:
            return " ".join(remark.text for remark in section.open_remarks)
        case Progress.NOT_NEEDED:
            return _("Not asked for in this track: may be left empty")
        case Progress.EMPTY:
            return _not_begun(section)
        case Progress.DRAFT:
            return _unfinished(section)
    return _("Marked: nothing to report") if section.says_nothing_to_report and not section.is_answered else ""


def _not_begun(section: ReadSection) -> str:
    if section.template.readers == Readers.ORGANISER:
        return _("Not begun yet. Only the organiser will see it")
    return _("Not begun yet") if section.is_required else _("Not begun yet; may be left empty")


def _unfinished(section: ReadSection) -> str:
    if section.is_over_limit:
        meter = Meter.of(section)
        return f"{meter.share}, {meter.rest}"
    count = section.incomplete_rows
    return ngettext("%(count)s row has empty cells", "%(count)s rows have empty cells", count) % {"count": count}
