"""The editor of one section: saving by itself or by a button, rows, and two people (or tabs) at one text.

The same request serves a page without JavaScript and htmx: a button or the autosave sends the whole form, the answer is
a redirect for the one and a fragment for the other. What was typed comes back with every refusal.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import reswap, retarget

from accounts.carrying import carried_through_sign_in
from accounts.verdicts import YES, Refused, Verdict
from practices import blocks, services
from practices.examples import examples_for
from practices.forms import held, rows
from practices.forms.commands import Done, UnknownCommand, carry_out, still_removed
from practices.forms.comparison import Comparison, StaleChoices
from practices.forms.held import Brought
from practices.forms.sections import ForgedForm, NoVersion, SectionForm, seen_version, turn_of
from practices.history import content_of
from practices.models import Passport, PassportSection
from practices.permissions import can_edit_section, can_see_history
from practices.queries import Audience, ReadSection, passport_for, read_sections, section_for
from practices.views.donors import beside_context
from practices.views.kept_out import kept_out, was_on_the_team
from practices.views.presence import presence_context
from practices.views.progress import Deadline, Progressed
from practices.views.wording import Meter


@dataclass
class Desk:
    """What the editor works on in one request."""

    request: HttpRequest
    passport: Passport
    section: ReadSection
    now: datetime

    def url(self, code: str = "", **query) -> str:
        address = reverse("practices:section_edit", args=[self.passport.application.key, code or self.section.code])
        return f"{address}?{urlencode(query)}" if query else address

    @property
    def removal_key(self) -> str:
        return removal_key(self.passport, self.section.code)


def removal_key(passport: Passport, code: str) -> str:
    """Where in the session a page finds what was just removed, when it comes by a redirect."""
    return f"removed:{passport.pk}:{code}"


@carried_through_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def section_edit(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Write one section; when it is closed, read it and why."""
    try:
        passport = passport_for(request.user, key)
    except Http404:
        if request.method == "POST" and was_on_the_team(request.user, key):
            return kept_out(request)
        raise
    desk = Desk(request, passport, section_for(passport, code), timezone.now())
    if request.method == "POST":
        return _save(desk)
    form = SectionForm(desk.section, new_row=request.GET.get("row"))
    verdict = can_edit_section(request.user, passport, code, at=desk.now)
    return _page(desk, form, verdict=verdict, removed=_just_removed(desk))


def _save(desk: Desk) -> HttpResponse:
    """Save what came, with the pressed button's command done to it, or give it back with the reason why not."""
    request = desk.request
    try:
        seen = seen_version(request.POST)
        form = SectionForm(desk.section, request.POST)
    except NoVersion:
        return _refuse(desk, 428, _("The request does not say which version of the section it changes."))
    except ForgedForm:
        return _refuse(desk, 400, _("The request has fields that this section does not have."))
    if not form.is_valid():
        return _unsaved(desk, form, status=422, problems=form.visible_errors)
    try:
        command, brought = request.POST.get("do", ""), Brought.of(request.POST)
        done = carry_out(command, _answer(desk, form), desk.section.template.shape, brought)
        saved = services.save_section(
            desk.passport,
            desk.section.code,
            done.content,
            seen=seen,
            turn=turn_of(request.POST),
            by=request.user,
            at=desk.now,
        )
    except UnknownCommand:
        return _refuse(desk, 400, _("There is no such button in this section."))
    except Refused as refusal:
        return _unsaved(desk, form, status=403, verdict=Verdict(False, refusal.reason))
    except StaleChoices:
        return _unsaved(desk, form, status=409, theirs=desk.section.section)
    except services.Conflict as conflict:
        return _unsaved(desk, form, status=409, theirs=conflict.theirs)
    except (blocks.ShapeError, services.ContentTooLarge) as error:
        return _unsaved(desk, form, status=422, problems=[_too_much(error)])
    return _saved(desk, saved.section, done)


def _saved(desk: Desk, stored: PassportSection, done: Done) -> HttpResponse:
    """Back to the page, to the section that was asked for, or only the parts that changed."""
    command = desk.request.POST.get("do", "")
    verb, _colon, target = command.partition(":")
    if verb == "go":
        known = target in desk.passport.edition.shapes
        return redirect(desk.url(target) if known else desk.passport.application.get_absolute_url())
    if not desk.request.htmx:
        if done.removed:
            desk.request.session[desk.removal_key] = done.removed.carried
        address = desk.url(row=done.row) if done.is_new else desk.url()
        place = f"row-{done.row}" if done.row else done.focus
        return redirect(f"{address}#{place}" if place else address)
    desk.section = replace(desk.section, section=stored)
    form = SectionForm(desk.section, new_row=done.row if done.is_new else None)
    context = _context(desk, form) | {"rows_changed": verb not in {"", "save"}, "done": done, "removed": done.removed}
    return render(desk.request, "practices/_section_saved.html", context)


def _just_removed(desk: Desk) -> held.Removed | rows.Removed | None:
    carried = desk.request.session.pop(desk.removal_key, None)
    if carried is None:
        return None
    shape = desk.section.template.shape
    try:
        return rows.Removed.read(carried, shape) if isinstance(shape, blocks.Tables) else held.Removed.read(carried)
    except (rows.NoSuchRow, held.NoSuchPlace):  # the form has changed since
        return None


def _refuse(desk: Desk, status: int, problem: str) -> HttpResponse:
    """For requests that no page of ours sends: nothing of them is shown again."""
    return _unsaved(desk, SectionForm(desk.section), status=status, problems=[problem])


def _unsaved(desk: Desk, form: SectionForm, *, status, verdict=YES, theirs=None, problems=()) -> HttpResponse:
    """The section as it was, with what was typed and why it is not saved."""
    is_to_be_compared = form.is_bound and (theirs or not verdict)
    context = {
        "problems": problems,
        "theirs": theirs and _as_read(desk.section, theirs.content),
        "theirs_version": theirs,
        "typed": _typed(desk.section, form) if is_to_be_compared else None,
        "comparison": theirs and _comparison(desk, form, theirs.content),
        "removed": still_removed(Brought.of(desk.request.POST), desk.section.template.shape),
    }
    if not desk.request.htmx:
        return _page(desk, form, verdict=verdict, status=status, **context)
    is_resent = form.is_bound and desk.request.POST.get("do") == "resend"
    more = {"verdict": verdict, "section": desk.section, "edit_url": desk.url(), "form": form, "is_resent": is_resent}
    context = {**context, **more}
    response = render(desk.request, "practices/_section_unsaved.html", context, status=status)
    return retarget(reswap(response, "innerHTML"), "#notice")


def _page(desk: Desk, form: SectionForm, *, verdict: Verdict, status=200, **more) -> HttpResponse:
    examples = examples_for(desk.passport, desk.section) if verdict else []
    context = _context(desk, form) | {"verdict": verdict, "examples": examples, "nav": "applications"} | more
    context |= beside_context(desk.passport, desk.section, desk.request.user, at=desk.now)
    context |= presence_context(desk.passport, desk.section.code, desk.request.user, at=desk.now)
    return render(desk.request, "practices/section_edit.html", context, status=status)


def _context(desk: Desk, form: SectionForm) -> dict:
    sections = [
        desk.section if section.code == desk.section.code else section
        for section in read_sections(desk.passport, audience=Audience.OWNER)
    ]
    place = sections.index(desk.section)
    application = desk.passport.application
    return {
        "application": application,
        "passport": desk.passport,
        "edit_url": desk.url(),
        "paste_url": reverse("practices:section_paste", args=[application.key, desk.section.code]),
        "section": desk.section,
        "sections": sections,
        "before": sections[place - 1] if place else None,
        "after": sections[place + 1] if place + 1 < len(sections) else None,
        "form": form,
        "meter": Meter.of(desk.section),
        "left": len(Progressed(sections).left),
        "deadline": Deadline.of(application, now=desk.now),
        "history": can_see_history(desk.request.user, application),
    }


def _answer(desk: Desk, form: SectionForm) -> dict:
    """What the form holds; after a comparison, what was chosen of it and of the text that stood on the server."""
    data = desk.request.POST
    if "merge" not in data:
        return form.content
    theirs = content_of(desk.section.section, seen_version(data), desk.section.template)
    comparison = _comparison(desk, form, theirs)
    if comparison is None:
        raise StaleChoices
    return comparison.chosen(data)


def _comparison(desk: Desk, form: SectionForm, theirs: dict) -> Comparison | None:
    """Both texts, and what both were begun from; None where what was typed is no answer of the section's shape."""
    typed = _typed(desk.section, form)
    if typed is None:
        return None
    begun_from = desk.section.section.revisions.filter(version=form.version).first()
    return Comparison(
        desk.section.template.shape,
        theirs=theirs,
        mine=typed.content,
        base=begun_from.content if begun_from else desk.section.template.shape.empty(),
    )


def _typed(section: ReadSection, form: SectionForm) -> ReadSection | None:
    """The section with what the form holds, or None for what is no answer of its shape."""
    try:
        return _as_read(section, section.template.shape.clean(form.content))
    except blocks.ShapeError:
        return None


def _as_read(section: ReadSection, content: dict) -> ReadSection:
    """The same section with another answer, to be read."""
    return replace(section, section=PassportSection(code=section.code, content=content))


def _too_much(error: Exception) -> str:
    """Why an answer is too large to be kept, in the words of whoever wrote it."""
    if isinstance(error, blocks.ShapeError) and error.problem == "too_many_rows":
        return _("A table can have %(limit)s rows at most.") % {"limit": error.where["limit"]}
    return _("The answer is too large: shorten the text or give a link to a document.")
