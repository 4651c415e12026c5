"""The score sheets of the demonstration: untouched, half filled, finished, and one of a juror who stepped aside."""

from datetime import timedelta

from judging.models import Assignment, Juror
from judging.services import assign, declare_no_conflict, finish_sheet, recuse, save_comment, save_mark


def fill_sheets(application, sheets: list[dict], *, by, days) -> None:
    criteria = list(application.contest.criteria.order_by("order"))
    for number, sheet in enumerate(sheets):
        juror = Juror.objects.select_related("user").get(contest=application.contest, user__email=sheet["juror"])
        assignment = assign(juror, application, by=by, at=days.ago(9, 10, number))
        if "recused" in sheet:
            recuse(assignment, reason=sheet["recused"], by=juror.user, at=days.ago(8, 9, 40))
        elif sheet["marks"]:
            _fill(assignment, sheet, criteria, opened_at=days.ago(6 - number, 11))


def _fill(assignment: Assignment, sheet: dict, criteria: list, *, opened_at) -> None:
    juror = assignment.juror.user
    declare_no_conflict(assignment, by=juror, at=opened_at)
    comments = sheet.get("comments", {})
    for place, (criterion, mark) in enumerate(zip(criteria, sheet["marks"], strict=False), start=1):
        marked_at = opened_at + timedelta(minutes=6 * place)
        save_mark(assignment, criterion, mark, by=juror, at=marked_at)
        if comment := comments.get(str(criterion.order)):
            save_comment(assignment, criterion, comment, by=juror, at=marked_at)
    if sheet["finished"]:
        finish_sheet(assignment, by=juror, at=opened_at + timedelta(hours=1))
