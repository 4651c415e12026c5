"""Words of the contest that code decides by."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """How far an application got. Who may move it where stands in `competition.workflow.MOVES`."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for revision")
    ADMITTED = "admitted", _("Admitted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


EDITABLE = frozenset({Status.DRAFT, Status.RETURNED})


class TrackCode(TextChoices):
    """The two ways to take part since 2022 (the regulation calls them «направления»)."""

    PRACTICES = "practices", _("Best practices")
    ADOPTION = "adoption", _("Adoption of a practice")


class OrganisationKind(TextChoices):
    """Who may apply, as the regulation lists them."""

    MUNICIPALITY = "municipality", _("Municipality")
    ENTERPRISE = "enterprise", _("Enterprise or institution")
    SELF_GOVERNMENT = "self_government", _("Territorial self-government body")
    NGO = "ngo", _("Socially oriented NGO")
    INITIATIVE = "initiative", _("Initiative group or citizen")
