"""A passport out of Word: upload, see what was recognised, tick what to take over."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from accounts.verdicts import Verdict, require
from competition.permissions import can_edit
from practices import fitting, services
from practices.blocks import ShapeError
from practices.documents import word_in
from practices.forms.word import MEGABYTE, TakeOverForm, UploadForm
from practices.models import Edition, Passport, PassportSection
from practices.permissions import can_edit_section
from practices.queries import Audience, ReadSection, passport_for, read_sections, word_import_for
from practices.views.wording import Meter


@require_http_methods(["GET", "HEAD", "POST"])
def import_upload(request: HttpRequest, key: str) -> HttpResponse:
    """Read a Word file and keep it with what was recognised; the passport stays as it is."""
    now = timezone.now()
    passport = passport_for(request.user, key)
    require(can_edit(request.user, passport.application, at=now))
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid() and (found := _read(form, passport)):
        kept = services.keep_word_file(
            passport,
            data=found.data,
            file_name=form.cleaned_data["file"].name,
            recognised=found.recognised,
            by=request.user,
            at=now,
        )
        return redirect("practices:import_review", key=key, token=kept.token)
    context = {
        "application": passport.application,
        "form": form,
        "megabytes": settings.MAX_WORD_FILE_BYTES // MEGABYTE,
        "nav": "applications",
    }
    return render(request, "practices/import_upload.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class Found:
    data: bytes
    recognised: dict


def _read(form: UploadForm, passport: Passport) -> Found | None:
    """What is in the file; None, with the sentence at the form's field, for a file that is not taken."""
    data = form.cleaned_data["file"].read()
    try:
        recognised = word_in.read_passport(data, Edition.objects.prefetch_related("sections")).as_json()
        fitting.fit(recognised["sections"], passport.edition.shapes)
    except word_in.RefusedFile as refusal:
        form.add_error("file", refusal.sentence)
    except ShapeError:
        form.add_error("file", _("A table in the file is larger than the form can hold."))
    else:
        return Found(data, recognised)
    return None


@dataclass(frozen=True)
class Pair:
    """One section on the page of review: as the file has it and as the passport has it now."""

    now: ReadSection
    found: ReadSection | None
    is_blank_in_file: bool
    guessed: tuple[str, ...]
    verdict: Verdict

    @property
    def code(self) -> str:
        return self.now.code

    @property
    def is_same(self) -> bool:
        return self.found is not None and _without_ids(self.found.content) == _without_ids(self.now.content)

    @property
    def differs(self) -> bool:
        return self.found is not None and self.now.is_answered and not self.is_same

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
        return bool(self.verdict) and self.found is not None and not self.now.is_answered


@require_http_methods(["GET", "HEAD", "POST"])
def import_review(request: HttpRequest, key: str, token) -> HttpResponse:
    """What was recognised beside what the passport has; nothing moves over without its tick."""
    now = timezone.now()
    passport = passport_for(request.user, key)
    word_import = word_import_for(passport, token)
    fit = fitting.fit(word_import.recognised["sections"], passport.edition.shapes)
    form = TakeOverForm(request.POST if request.method == "POST" else None, codes=list(fit.sections))
    if request.method == "POST":
        require(can_edit(request.user, passport.application, at=now))
        if form.is_valid():
            return _take_over(request, word_import, form, fit)
    return _review(request, word_import, fit, form=form, status=422 if request.method == "POST" else 200)


def _take_over(request, word_import, form, fit) -> HttpResponse:
    try:
        taken = services.take_over(word_import, form.chosen, by=request.user, at=timezone.now())
    except services.Conflict as conflict:
        return _review(request, word_import, fit, form=form, conflict=conflict.theirs.code, status=409)
    except services.ContentTooLarge:
        form.add_error(None, _("A section of the file is too large to be kept. Copy what is needed by hand."))
        return _review(request, word_import, fit, form=form, status=422)
    done = ngettext("%(count)s section is taken over.", "%(count)s sections are taken over.", len(taken))
    messages.success(request, done % {"count": len(taken)})
    return redirect("practices:application_detail", key=word_import.passport.application.key)


def _review(request, word_import, fit, *, form, status, conflict="") -> HttpResponse:
    now = timezone.now()
    passport = passport_for(request.user, word_import.passport.application.key)
    application = passport.application
    pairs = _pairs(request.user, passport, word_import.recognised["sections"], fit, now)
    states = [pair.state for pair in pairs]
    file_edition = Edition.objects.filter(code=word_import.recognised["edition"]).first()
    context = {
        "application": application,
        "word_import": word_import,
        "file_edition": file_edition,
        "edition": passport.edition,
        "attention": [pair for pair in pairs if pair.state in {"check", "missing"}],
        "plain": [pair for pair in pairs if pair.state in {"found", "same"}],
        "counts": {state: states.count(state) for state in ("found", "same", "check", "missing")},
        "unplaced": word_import.recognised["unplaced"],
        "strays": [(_title(stray.code, passport.edition, file_edition), stray.text) for stray in fit.strays],
        "warnings": word_import.recognised["warnings"],
        "form": form,
        "ticked": request.POST.getlist("take")
        if form.is_bound and not conflict
        else [p.code for p in pairs if p.is_ticked],
        "conflict": conflict and next(pair for pair in pairs if pair.code == conflict),
        "verdict": can_edit(request.user, application, at=now),
        "nav": "applications",
    }
    return render(request, "practices/import_review.html", context, status=status)


def _pairs(user, passport: Passport, recognised: dict, fit: fitting.Fit, now) -> list[Pair]:
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
            )
        )
    return pairs


def _title(code: str, *editions: Edition | None) -> str:
    """What the section is called in the first of these forms that has it."""
    templates = (edition.template(code) for edition in editions if edition)
    return next((template.title for template in templates if template), code)


def _without_ids(content: dict) -> dict:
    """The content for comparison: a row's id is ours, not the writer's."""
    tables = content.get("tables", {})
    return {
        "blocks": content.get("blocks"),
        "tables": {
            name: [row for cells in rows if any((row := {c: v for c, v in cells.items() if c != "id"}).values())]
            for name, rows in tables.items()
        },
    }
