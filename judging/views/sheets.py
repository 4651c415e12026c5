"""A juror's desk and score sheets. Every mark and every comment is saved by itself, with htmx or without."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.verdicts import Refused, require
from judging import services
from judging.forms import CommentForm, MarkForm, RecusalForm
from judging.models import Criterion
from judging.permissions import can_judge, can_mark, can_recuse, can_sit_on_a_jury
from judging.queries import colleagues_sheets, desk_rows, next_sheet, read_sheet, sheet_for
from practices.donors import comparisons_of
from practices.models import Passport
from practices.queries import Audience, attachment_for, attachments_of, read_sections, with_sections
from practices.views import files

STATES = ("open", "draft", "finished")


@require_safe
def jury_desk(request: HttpRequest) -> HttpResponse:
    """A juror's own assignments of the latest year, unfinished first."""
    require(can_sit_on_a_jury(request.user))
    rows = desk_rows(request.user)
    standing = [sheet for sheet in rows if not sheet.assignment.recused_at]
    by_state = {
        "open": [sheet for sheet in standing if not sheet.assignment.finished_at],
        "draft": [sheet for sheet in standing if not sheet.assignment.finished_at and sheet.values],
        "finished": [sheet for sheet in standing if sheet.assignment.finished_at],
    }
    chosen = request.GET.get("state", "")
    contest = request.user.juries.select_related("contest").latest("contest__year").contest
    context = {
        "nav": "desk",
        "contest": contest,
        "rows": by_state.get(chosen, rows),
        "chosen": chosen if chosen in STATES else "",
        "counts": {"all": len(rows), **{state: len(sheets) for state, sheets in by_state.items()}},
        "standing": len(standing),
        "recused": len(rows) - len(standing),
        "is_judging": contest.is_judging(at=timezone.now()) and contest.announced_at is None,
    }
    return render(request, "judging/jury_desk.html", context)


@require_safe
def sheet_next(request: HttpRequest) -> HttpResponse:
    """Lead to the unfinished sheet that the fewest colleagues have scored; back to the desk when none is left."""
    require(can_sit_on_a_jury(request.user))
    after = request.GET.get("after", "")
    found = next_sheet(request.user, after=int(after) if after.isdecimal() and len(after) < 10 else None)
    if found is None:
        messages.info(request, _("No other application waits for your marks."))
        return redirect("admin:jury_desk")
    return redirect("admin:score_sheet", pk=found.pk)


@require_safe
def score_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The passport on the left, the criteria on the right."""
    return _sheet_page(request, sheet_for(request.user, pk))


def _sheet_page(request: HttpRequest, assignment, *, recusal_form=None, refused=None, status=200) -> HttpResponse:
    """`refused` is a criterion whose mark or comment was not taken, with the reasons."""
    at = timezone.now()
    application = assignment.application
    passport = with_sections(Passport.objects.filter(application=application)).get()
    sections = read_sections(passport, audience=Audience.JURY)
    sheet = read_sheet(assignment)
    standing = [row.assignment.pk for row in desk_rows(request.user) if not row.assignment.recused_at]
    context = {
        **_marks_context(assignment, sheet),
        "application": application,
        "files": _files(assignment, passport),
        "sections": sections,
        "compared": comparisons_of(passport),
        "donor": passport.donor,
        "evidence": {section.code: section.number for section in sections},
        "position": standing.index(assignment.pk) + 1 if assignment.pk in standing else None,
        "standing": len(standing),
        "judge_verdict": can_judge(request.user, assignment, at=at),
        "mark_verdict": can_mark(request.user, assignment, at=at),
        "may_recuse": can_recuse(request.user, assignment),
        "recusal_form": recusal_form or RecusalForm(),
        "open_criterion": refused[0].pk if refused else _open_criterion(request, sheet),
        "errors": refused[1] if refused else [],
        "colleagues": colleagues_sheets(request.user, assignment, sheet.criteria),
    }
    return render(request, "judging/score_sheet.html", context, status=status)


def _files(assignment, passport) -> list[tuple]:
    """The attachments with where this juror reads them: beside the own sheet."""
    return [
        (
            attachment,
            reverse("admin:sheet_file", args=[assignment.pk, attachment.token]),
            reverse("admin:sheet_file_preview", args=[assignment.pk, attachment.token]),
        )
        for attachment in attachments_of(passport)
    ]


@require_safe
def sheet_file(request: HttpRequest, pk: int, token) -> HttpResponse:
    """A file of the application, for the juror who reads it."""
    return files.kept_privately(files.attachment_response(_file_beside(request, pk, token)))


@require_safe
def sheet_file_preview(request: HttpRequest, pk: int, token) -> HttpResponse:
    """The small picture of it."""
    return files.kept_privately(files.preview_response(_file_beside(request, pk, token)))


def _file_beside(request: HttpRequest, pk: int, token):
    assignment = sheet_for(request.user, pk)
    return attachment_for(Passport.objects.get(application=assignment.application), token)


def _marks_context(assignment, sheet) -> dict:
    return {"assignment": assignment, "sheet": sheet, "next_missing": sheet.missing[0] if sheet.missing else None}


def _open_criterion(request: HttpRequest, sheet) -> int | None:
    asked = request.GET.get("criterion", "")
    if asked in {str(criterion.pk) for criterion in sheet.criteria}:
        return int(asked)
    return sheet.missing[0].pk if sheet.missing else None


@require_POST
def sheet_declare(request: HttpRequest, pk: int) -> HttpResponse:
    """The juror confirms that there is no conflict of interest."""
    assignment = sheet_for(request.user, pk)

    services.declare_no_conflict(assignment, by=request.user, at=timezone.now())
    return redirect("admin:score_sheet", pk=pk)


@require_POST
def sheet_recuse(request: HttpRequest, pk: int) -> HttpResponse:
    """The juror steps aside; from then on the application does not exist for them."""
    assignment = sheet_for(request.user, pk)

    form = RecusalForm(request.POST)
    if not form.is_valid():
        return _sheet_page(request, assignment, recusal_form=form, status=422)
    services.recuse(assignment, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
    messages.success(request, _("You have stepped aside. The organiser sees your reason and finds another juror."))
    return redirect("admin:jury_desk")


@require_POST
def score_save(request: HttpRequest, pk: int, criterion_pk: int) -> HttpResponse:
    """Save what was sent of one criterion: the mark, the comment, or (without JavaScript) both."""
    assignment = sheet_for(request.user, pk)
    criterion = get_object_or_404(Criterion, pk=criterion_pk, contest=assignment.application.contest)
    sent_mark, sent_comment = "value" in request.POST, "comment" in request.POST
    mark, comment = MarkForm(criterion, request.POST), CommentForm(request.POST)
    errors = [*(mark.errors.get("value", []) if sent_mark else []), *comment.errors.get("comment", [])]
    if errors or not (sent_mark or sent_comment):
        return _answer(request, assignment, criterion, errors or [_("Choose a mark.")], status=422)
    at = timezone.now()
    try:
        if sent_mark:
            services.save_mark(assignment, criterion, mark.cleaned_data["value"], by=request.user, at=at)
        if sent_comment:
            services.save_comment(assignment, criterion, comment.cleaned_data["comment"], by=request.user, at=at)
    except Refused as refusal:
        if not request.htmx:
            raise
        return _answer(request, assignment, criterion, [refusal.reason], status=403)
    return _answer(request, assignment, criterion, [], saved_at=at)


def _answer(request: HttpRequest, assignment, criterion, errors, *, status=200, saved_at=None) -> HttpResponse:
    """With htmx only what changed beside the field; without it the page, with the next criterion open."""
    if errors and not request.htmx:
        return _sheet_page(request, assignment, refused=(criterion, errors), status=status)
    sheet = read_sheet(assignment)
    if request.htmx:
        line = next(line for line in sheet.lines if line.criterion == criterion)
        context = {**_marks_context(assignment, sheet), "line": line, "errors": errors, "saved_at": saved_at}
        return render(request, "judging/_score_saved.html", context, status=status)
    opened = sheet.missing[0] if sheet.missing else criterion
    return redirect(f"{reverse('admin:score_sheet', args=[assignment.pk])}?criterion={opened.pk}#criterion-{opened.pk}")


@require_POST
def sheet_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the sheet; its marks count from now on and colleagues' become visible."""
    assignment = sheet_for(request.user, pk)

    try:
        services.finish_sheet(assignment, by=request.user, at=timezone.now())
    except services.IncompleteSheet as incomplete:
        count = len(incomplete.missing)
        said = ngettext(
            "The sheet is not finished: %(count)s criterion has no mark.",
            "The sheet is not finished: %(count)s criteria have no mark.",
            count,
        )
        messages.error(request, said % {"count": count})
    else:
        messages.success(request, _("The sheet is finished. Your marks count now."))
    return redirect("admin:score_sheet", pk=pk)
