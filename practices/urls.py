from django.urls import path

from practices.views import (
    api,
    attachments,
    bank,
    cabinet,
    city,
    clipboard,
    consents,
    contests,
    continuing,
    documents,
    donors,
    history,
    import_review,
    imports,
    pasting,
    practice,
    presence,
    sections,
    suggest,
    territories,
)

app_name = "practices"

bank_urls = [
    path("bank/", bank.bank, name="bank"),
    path("bank/suggest", suggest.bank_suggest, name="bank_suggest"),
    path("bank/<slug:slug>.pdf", documents.practice_pdf, name="practice_pdf"),
    path("bank/<slug:slug>/", practice.practice_detail, name="practice_detail"),
    path("bank/<slug:slug>/files/<uuid:token>/", attachments.practice_file, name="practice_file"),
    path(
        "bank/<slug:slug>/files/<uuid:token>/preview/",
        attachments.practice_file_preview,
        name="practice_file_preview",
    ),
    path("contests/", contests.contest_list, name="contest_list"),
    path("contests/<int:year>/", contests.contest_detail, name="contest_detail"),
    path("contests/<int:year>/catalogue.pdf", documents.catalogue_pdf, name="catalogue_pdf"),
    path("contests/<int:year>/form.docx", documents.form_docx, name="form_docx"),
    path("territories/", territories.territory_list, name="territory_list"),
    path("territories/<slug:slug>/", territories.territory_detail, name="territory_detail"),
    path("api/v1/practices", api.api_practices, name="api_practices"),
]

cabinet_urls = [
    path("applications/", cabinet.application_list, name="application_list"),
    path("applications/new/", cabinet.application_start, name="application_start"),
    path("applications/city/", city.city_list, name="city_list"),
    path("applications/city/<slug:key>/", city.city_application, name="city_application"),
    path("applications/<slug:key>/", cabinet.application_detail, name="application_detail"),
    path("applications/<slug:key>/sections/<slug:code>/", sections.section_edit, name="section_edit"),
    path("applications/<slug:key>/sections/<slug:code>/clean/", clipboard.section_clean, name="section_clean"),
    path("applications/<slug:key>/sections/<slug:code>/paste/", pasting.section_paste, name="section_paste"),
    path("applications/<slug:key>/sections/<slug:code>/history/", history.section_history, name="section_history"),
    path("applications/<slug:key>/sections/<slug:code>/restore/", history.section_restore, name="section_restore"),
    path("applications/<slug:key>/sections/<slug:code>/presence/", presence.section_presence, name="section_presence"),
    path("applications/<slug:key>/submit/", cabinet.application_submit, name="application_submit"),
    path("applications/<slug:key>/withdraw/", cabinet.application_withdraw, name="application_withdraw"),
    path("applications/<slug:key>/attachments/", attachments.attachment_list, name="attachment_list"),
    path("applications/<slug:key>/attachments/<uuid:token>/", attachments.attachment_file, name="attachment_file"),
    path(
        "applications/<slug:key>/attachments/<uuid:token>/preview/",
        attachments.attachment_preview,
        name="attachment_preview",
    ),
    path("applications/<slug:key>/attachments/<uuid:token>/edit/", attachments.attachment_edit, name="attachment_edit"),
    path(
        "applications/<slug:key>/attachments/<uuid:token>/remove/",
        attachments.attachment_remove,
        name="attachment_remove",
    ),
    path("applications/<slug:key>/consents/", consents.consent_list, name="consent_list"),
    path("applications/<slug:key>/consents/withdraw/", consents.consent_withdraw, name="consent_withdraw"),
    path("applications/<slug:key>/passport/", cabinet.passport_preview, name="passport_preview"),
    path("applications/<slug:key>/donor/", donors.application_donor, name="application_donor"),
    path("applications/<slug:key>/sections/<slug:code>/donor/", donors.section_donor, name="section_donor"),
    path("applications/<slug:key>/continue/", continuing.application_continue, name="application_continue"),
    path("applications/<slug:key>/carried/", continuing.application_carried, name="application_carried"),
    path("applications/<slug:key>/passport.docx", documents.passport_docx, name="passport_docx"),
    path("applications/<slug:key>/passport.pdf", documents.passport_pdf, name="passport_pdf"),
    path("applications/<slug:key>/import/", imports.import_upload, name="import_upload"),
    path("applications/<slug:key>/import/<uuid:token>/", import_review.import_review, name="import_review"),
    path("applications/<slug:key>/import/<uuid:token>/file/", imports.import_file, name="import_file"),
]

urlpatterns = [*bank_urls, *cabinet_urls]
