"""What was recognised in a Word file beside what the passport has: each part taken over, moved or left."""

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import PurePath

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext, ngettext_lazy
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from accounts.verdicts import Verdict, require
from competition.permissions import can_edit
from practices import fitting, services
from practices.blocks import ShapeError, without_ids
from practices.documents import word_in
from practices.forms.word import TakeOverForm
from practices.history import Difference, difference
from practices.models import Edition, Passport, PassportSection, WordImport
from practices.permissions import can_edit_section
from practices.queries import Audience, ReadSection, passport_for, read_sections, word_import_for
from practices.taking import Part, parts_of
from practices.views.attachments import attach
from practices.views.wording import Meter

PARTS_TAKEN = ngettext_lazy(
    "%(count)s part of the file is taken over.", "%(count)s parts of the file are taken over.", "count"
)
PICTURES_ATTACHED = ngettext_lazy("%(count)s picture is attached.", "%(count)s pictures are attached.", "count")


@dataclass(frozen=True)
class Pair:
    """One section on the page of review: as the file has it and as the passport has it now."""

    now: ReadSection
    found: ReadSection | None
    is_blank_in_file: bool
    guessed: tuple[str, ...]
    verdict: Verdict
    deeds: list["Deed"]
    to: BoundField | None
    how: BoundField | None

    @property
    def code(self) -> str:
        return self.now.code

    @property
    def is_same(self) -> bool:
        return self.found is not None and without_ids(self.found.content) == without_ids(self.now.content)

    @property
    def differs(self) -> bool:
        return self.found is not None and self.now.is_answered and not self.is_same

    @property
    def difference(self) -> Difference:
        return difference(self.now.content, self.found.content, self.now.template)

    @property
    def doubts(self) -> list[str]:
        """What to look at before taking it over, in words."""
        if self.found is None or self.is_same:
            return []
        doubts = []
        if self.differs:
            doubts.append(_("The application has another text here already. Compare them."))
        if self.guessed:
            titles = ", ".join(f"«{title}»" for title in self.guessed)
            doubts.append(
                _("The file has one value of each result; it was put into %(columns)s.") % {"columns": titles}
            )
        if self.found.is_over_limit:
            meter = Meter.of(self.found)
            doubts.append(_("Longer than the form asks for: %(share)s.") % {"share": meter.share})
        if count := self.found.incomplete_rows:
            rows = ngettext("%(count)s row has empty cells", "%(count)s rows have empty cells", count)
            doubts.append(rows % {"count": count} + ".")
        return doubts

    @property
    def state(self) -> str:
        if self.found is None:
            return "missing"
        return "same" if self.is_same else "check" if self.doubts else "found"

    @property
    def is_ticked(self) -> bool:
        """Offered beforehand only where nothing stands yet: what is written is replaced by a person's own tick."""
        return bool(self.verdict) and self.found is not None and not self.now.is_answered and not self.deeds


@dataclass(frozen=True)
class Deed:
    """A part that was taken over: whereto, and how."""

    section: ReadSection
    append: bool


@dataclass(frozen=True)
class Piece:
    """A part of the file without a place in the form."""

    part: Part
    title: str
    deeds: list[Deed]
    to: BoundField
    is_total: bool

    @property
    def lines(self) -> str:
        return self.part.content["blocks"][0]["text"]


@require_http_methods(["GET", "HEAD", "POST"])
def import_review(request: HttpRequest, key: str, token) -> HttpResponse:
    """What was recognised beside what the passport has; nothing moves over without a person's own word."""
    now = timezone.now()
    passport = passport_for(request.user, key)
    word_import = word_import_for(passport, token)
    if request.htmx and not word_import.is_waiting:
        return HttpResponseClientRefresh()
    if word_import.is_waiting or word_import.is_refused:
        return _wait(request, word_import, at=now)
    fit = fitting.fit(word_import.recognised["sections"], passport.edition.shapes)
    parts = parts_of(word_import.recognised, fit)
    form = TakeOverForm(
        request.POST if request.method == "POST" else None,
        parts=parts,
        targets=_targets(request.user, passport, now),
        pictures=len(word_import.recognised.get("pictures", ())),
    )
    if request.method == "POST":
        require(can_edit(request.user, passport.application, at=now))
        if form.is_valid():
            return _take_over(request, word_import, form, fit)
    return _review(request, word_import, fit, form=form, status=422 if request.method == "POST" else 200)


def _wait(request: HttpRequest, word_import: WordImport, *, at) -> HttpResponse:
    """How far the reading is. The page asks again and again, and is loaded anew when there is an answer."""
    if request.method == "POST":
        return redirect("practices:import_review", key=word_import.passport.application.key, token=word_import.token)
    context = {
        "application": word_import.passport.application,
        "word_import": word_import,
        "seconds": int((at - word_import.uploaded_at).total_seconds()),
        "nav": "applications",
    }
    template = "practices/_import_waiting.html" if request.htmx else "practices/import_waiting.html"
    return render(request, template, context)


def _take_over(request, word_import, form, fit) -> HttpResponse:
    try:
        choices, seen = form.cleaned_data["choices"], form.cleaned_data["seen"]
        taken = services.take_over(word_import, choices, seen=seen, by=request.user, at=timezone.now())
    except services.Conflict as conflict:
        return _review(request, word_import, fit, form=form, conflict=conflict.theirs.code, status=409)
    except (services.ContentTooLarge, ShapeError):
        form.add_error(None, _("A section of the file is too large to be kept. Copy what is needed by hand."))
        return _review(request, word_import, fit, form=form, status=422)
    _say(request, _attach_pictures(request, word_import, form.cleaned_data["picture"]), PICTURES_ATTACHED)
    _say(request, len(taken), PARTS_TAKEN)
    address = "practices:application_detail" if taken else "practices:attachment_list"
    return redirect(address, key=word_import.passport.application.key)


def _say(request, count: int, done) -> None:
    if count:
        messages.success(request, done % {"count": count})


def _attach_pictures(request, word_import: WordImport, numbers: list[int]) -> int:
    """Make attachments of the chosen pictures; say why of those that are not taken. Returns how many were."""
    if not numbers:
        return 0
    chosen = [word_import.recognised["pictures"][number] for number in numbers]
    with word_import.docx.open() as file:
        contents = word_in.pictures_of(file.read(), [picture["part"] for picture in chosen])
    attached = 0
    for number, picture, data in zip(numbers, chosen, contents, strict=True):
        name = picture_name(number, picture)
        problem = attach(word_import.passport, data=data, file_name=name, by=request.user, word_import=word_import)
        if problem:
            messages.warning(request, f"{name}: {problem}")
        attached += not problem
    return attached


def picture_name(number: int, picture: dict) -> str:
    """What a picture out of a file is called: it has no name of its own that says anything."""
    return _("Picture %(number)s") % {"number": number + 1} + PurePath(picture["part"]).suffix.lower()


def _review(request, word_import, fit, *, form, status, conflict="") -> HttpResponse:
    now = timezone.now()
    passport = passport_for(request.user, word_import.passport.application.key)
    application = passport.application
    deeds = _deeds(word_import, passport)
    pairs = _pairs(request.user, passport, word_import.recognised["sections"], fit, form, deeds, now)
    states = [pair.state for pair in pairs]
    # A PDF's first warning is about all of it, and stands apart.
    best_effort = word_import.recognised["warnings"][:1] if word_import.recognised.get("is_best_effort") else []
    file_edition = Edition.objects.filter(code=word_import.recognised["edition"]).first()
    context = {
        "application": application,
        "word_import": word_import,
        "file_edition": file_edition,
        "edition": passport.edition,
        "attention": [pair for pair in pairs if pair.state in {"check", "missing"}],
        "plain": [pair for pair in pairs if pair.state in {"found", "same"}],
        "counts": {state: states.count(state) for state in ("found", "same", "check", "missing")},
        "pieces": _pieces(word_import, form, deeds, passport.edition, file_edition),
        "pictures": _pictures(word_import, passport.edition, file_edition),
        "best_effort": best_effort,
        "warnings": word_import.recognised["warnings"][len(best_effort) :],
        "form": form,
        "ticked": request.POST.getlist("take")
        if form.is_bound and not conflict
        else [pair.code for pair in pairs if pair.is_ticked],
        "targets": [pair.now for pair in pairs if pair.verdict],
        "conflict": conflict and next(pair for pair in pairs if pair.code == conflict),
        "verdict": can_edit(request.user, application, at=now),
        "nav": "applications",
    }
    return render(request, "practices/import_review.html", context, status=status)


def _targets(user, passport: Passport, now) -> list[tuple[str, str]]:
    sections = read_sections(passport, audience=Audience.OWNER)
    return [(s.code, str(s)) for s in sections if can_edit_section(user, passport, s.code, at=now)]


def _deeds(word_import: WordImport, passport: Passport) -> dict[str, list[Deed]]:
    """What was taken over before, by part."""
    sections = {section.code: section for section in read_sections(passport, audience=Audience.OWNER)}
    deeds: dict[str, list[Deed]] = defaultdict(list)
    for written in word_import.deeds:
        deeds[written["part"]].append(Deed(sections[written["to"]], written["append"]))
    return deeds


def _pairs(user, passport: Passport, recognised: dict, fit: fitting.Fit, form, deeds, now) -> list[Pair]:
    pairs = []
    for section in read_sections(passport, audience=Audience.OWNER):
        fitted = fit.sections.get(section.code)
        content = fitted and PassportSection(code=section.code, content=fitted.content)
        titles = {c.code: c.title for t in getattr(section.template.shape, "tables", ()) for c in t.columns}
        pairs.append(
            Pair(
                now=section,
                found=replace(section, section=content, remarks=[]) if content else None,
                is_blank_in_file=fitted is None and section.code in recognised,
                guessed=tuple(titles[column] for column in fitted.guessed) if fitted else (),
                verdict=can_edit_section(user, passport, section.code, at=now),
                deeds=deeds.get(section.code, []),
                to=form[f"to-{section.code}"] if fitted else None,
                how=form[f"how-{section.code}"] if fitted else None,
            )
        )
    return pairs


def _pieces(word_import: WordImport, form: TakeOverForm, deeds, *editions: Edition | None) -> list[Piece]:
    totals = word_import.recognised.get("totals", ())
    return [
        Piece(
            part,
            _title(part.code, *editions) if part.code else "",
            deeds.get(key, []),
            form[f"to-{key}"],
            is_total=part.content["blocks"][0]["text"] in totals,
        )
        for key, part in form.parts.items()
        if not part.has_place
    ]


@dataclass(frozen=True)
class PictureOfFile:
    """A picture of the file, and whether it was made an attachment."""

    number: int
    name: str
    size: int
    title: str
    is_attached: bool


def _pictures(word_import: WordImport, *editions: Edition | None) -> list[PictureOfFile]:
    attached = set(word_import.attachments.values_list("file_name", flat=True))
    return [
        PictureOfFile(
            number,
            name := picture_name(number, picture),
            picture["size"],
            _title(picture["section"], *editions) if picture["section"] else "",
            name in attached,
        )
        for number, picture in enumerate(word_import.recognised.get("pictures", ()))
    ]


def _title(code: str, *editions: Edition | None) -> str:
    """What the section is called in the first of these forms that has it."""
    templates = (edition.template(code) for edition in editions if edition)
    return next((template.title for template in templates if template), code)
