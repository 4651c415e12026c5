"""Plain lists of other people's apps that have no use here: rights go by role, addresses are their owners'."""

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group

admin.site.unregister([Group, EmailAddress])
