from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("login/send/", views.sign_in_and_send, name="sign_in_and_send"),
]
