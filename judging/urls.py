"""The desks of organiser and jury. `portal.site` hangs them into the admin site, behind its gate."""

from django.urls import path

from judging.views import admission, assignments, results, sheets


def desk_urls(gate):
    """The desks' addresses, each view behind `gate`, which is the site's `admin_view`."""
    return [
        path("applications/", gate(admission.application_desk), name="application_desk"),
        path("applications/<slug:key>/", gate(admission.application_review), name="application_review"),
        path("applications/<slug:key>/admit/", gate(admission.application_admit), name="application_admit"),
        path("applications/<slug:key>/decline/", gate(admission.application_decline), name="application_decline"),
        path("applications/<slug:key>/return/", gate(admission.application_return), name="application_return"),
        path("jury/", gate(sheets.jury_desk), name="jury_desk"),
        path("jury/next/", gate(sheets.sheet_next), name="sheet_next"),
        path("jury/<int:year>/", gate(assignments.jury_assign), name="jury_assign"),
        path("jury/assignments/<int:pk>/withdraw/", gate(assignments.assignment_withdraw), name="assignment_withdraw"),
        path("jury/sheets/<int:pk>/", gate(sheets.score_sheet), name="score_sheet"),
        path("jury/sheets/<int:pk>/files/<uuid:token>/", gate(sheets.sheet_file), name="sheet_file"),
        path(
            "jury/sheets/<int:pk>/files/<uuid:token>/preview/",
            gate(sheets.sheet_file_preview),
            name="sheet_file_preview",
        ),
        path("jury/sheets/<int:pk>/declare/", gate(sheets.sheet_declare), name="sheet_declare"),
        path("jury/sheets/<int:pk>/recuse/", gate(sheets.sheet_recuse), name="sheet_recuse"),
        path("jury/sheets/<int:pk>/finish/", gate(sheets.sheet_finish), name="sheet_finish"),
        path("jury/sheets/<int:pk>/criteria/<int:criterion_pk>/", gate(sheets.score_save), name="score_save"),
        path("results/<int:year>/", gate(results.results), name="results"),
        path("results/<int:year>/<slug:key>/", gate(results.result_sheets), name="result_sheets"),
    ]
