"""The organiser's pages of ours. `portal.site` hangs them into the admin site, behind its gate."""

from django.urls import path

from practices.views import old_passports


def desk_urls(gate):
    return [
        path("old-passports/", gate(old_passports.old_passports), name="old_passports"),
        path("old-passports/<uuid:token>/", gate(old_passports.old_passport_batch), name="old_passport_batch"),
        path("old-passports/<uuid:token>/report/", gate(old_passports.old_passport_report), name="old_passport_report"),
        path(
            "old-passports/<uuid:token>/files/<uuid:file_token>/again/",
            gate(old_passports.old_passport_again),
            name="old_passport_again",
        ),
    ]
