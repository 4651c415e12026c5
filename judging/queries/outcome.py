"""What is read of an application's sheets by those who did not write them: the applicant and the organiser."""

from collections import defaultdict

from django.shortcuts import get_object_or_404

from competition.models import Application
from judging.models import Comment, Criterion, Result
from judging.queries.sheets import Sheet


def result_for(user, key: str) -> Result:
    """The gate of the outcome: until the announcement there is none, not even for the organiser (404)."""
    announced = Result.objects.filter(
        application__in=Application.objects.visible_to(user), application__contest__announced_at__isnull=False
    ).select_related("application__contest", "application__nomination", "application__territory")
    return get_object_or_404(announced, application__key=key)


def comments_by_criterion(application, criteria: list[Criterion]) -> list[tuple[Criterion, list[str]]]:
    """The words of the finished sheets, criterion by criterion, with nothing that tells whose they are.

    They stand in the order of the alphabet: by juror or by time the same hand would stand at the same place everywhere.
    """
    counted = application.assignments.standing().finished()
    texts = defaultdict(list)
    for criterion_pk, text in Comment.objects.filter(assignment__in=counted).values_list("criterion", "text"):
        texts[criterion_pk].append(text)
    return [
        (criterion, sorted(texts[criterion.pk], key=lambda text: (text.casefold(), text)))
        for criterion in criteria
        if criterion.pk in texts
    ]


def judged_application(contest, key: str) -> Application:
    """An application of this year that is before the jury, or was when the results were announced."""
    admitted = Application.objects.admitted().select_related("contest", "nomination", "territory")
    return get_object_or_404(admitted, contest=contest, key=key)


def sheets_on(application, criteria: list[Criterion]) -> list[Sheet]:
    """All sheets of an application by the jurors' names, the unfinished and those stepped aside from among them."""
    assignments = (
        application.assignments.select_related("juror__user")
        .prefetch_related("scores", "comments")
        .order_by("juror__user__name", "juror__user__email")
    )
    return [Sheet(assignment, criteria) for assignment in assignments]
