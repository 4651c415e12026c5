"""What of the jury's work is read outside the dashboard."""

from django.urls import path

from judging.views import outcome

app_name = "judging"
urlpatterns = [
    path("applications/<slug:key>/outcome/", outcome.outcome, name="outcome"),
]
