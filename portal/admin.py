"""Plain lists of other people's apps that have no use here.

Rights go by role, addresses are their owners', and what became of a task stands on the page of whoever asked for it.
"""

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django_tasks_db.admin import DBTaskResult  # its admin, so that there is something to take away

admin.site.unregister([Group, EmailAddress, DBTaskResult])
