from django.contrib import admin
from django.urls import include, path

from portal import views

urlpatterns = [
    path("", include("portal.public_urls")),
    path("", include("judging.public_urls")),
    path("", include("competition.urls")),
    path("", include("practices.urls")),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
]

handler400 = views.misunderstood
handler403 = views.refused
handler404 = views.not_found
