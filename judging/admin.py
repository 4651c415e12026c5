from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from accounts.admin import LegibleJSONField, PlainAdmin
from judging.models import Assignment, Criterion, Juror


class CriterionForm(ModelForm):
    """A new criterion would leave the finished sheets of its year without a mark, so it comes too late then."""

    def clean_contest(self):
        contest = self.cleaned_data["contest"]
        if _is_judged(contest):
            raise ValidationError(_("The jury of this year has begun: its criteria stay as they are."))
        return contest


@admin.register(Criterion)
class CriterionAdmin(PlainAdmin):
    """What the jury marks. Once a sheet of the year has been begun, its criteria and weights are fixed."""

    form = CriterionForm
    formfield_overrides = {models.JSONField: {"form_class": LegibleJSONField}}
    list_display = ["title", "contest", "order", "weight", "highest"]
    list_filter = ["contest"]
    list_select_related = ["contest"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and _is_judged(obj.contest))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and _is_judged(obj.contest))


def _is_judged(contest) -> bool:
    return Assignment.objects.filter(application__contest=contest, declared_at__isnull=False).exists()


@admin.register(Juror)
class JurorAdmin(PlainAdmin):
    """The jury of each year. City and organisation are what conflicts of interest are found by."""

    list_display = ["user", "contest", "territory", "organisation"]
    list_filter = ["contest"]
    list_select_related = ["user", "contest", "territory", "organisation"]
    search_fields = ["user__email", "user__name"]
    raw_id_fields = ["user"]
