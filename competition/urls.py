from django.urls import path

from competition.views import invitations, team

app_name = "competition"
urlpatterns = [
    path("applications/<slug:key>/team/", team.team, name="team"),
    path("applications/<slug:key>/team/<int:pk>/", team.team_member, name="team_member"),
    path("applications/<slug:key>/team/invitations/<int:pk>/", team.team_invitation, name="team_invitation"),
    path("applications/<slug:key>/team/leave/", team.team_leave, name="team_leave"),
    path("applications/<slug:key>/team/note/", team.owner_note, name="owner_note"),
    path("applications/<slug:key>/team/city/", team.city_consent, name="city_consent"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
]
