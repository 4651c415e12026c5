from django.urls import path

from portal import crawlers, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("desk/", views.desk, name="desk"),
    path("appearance/", views.appearance_choose, name="appearance"),
    path("language/", views.language_choose, name="language_choose"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>-<int:page>.xml", crawlers.sitemap, name="sitemap"),
]
