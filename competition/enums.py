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


class Role(TextChoices):
    """What a person is to an application. The owner is `Application.owner`; the others are on its team."""

    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    READER = "reader", _("Reader")


TEAM_ROLES = (Role.EDITOR, Role.READER)


class InvitationState(TextChoices):
    """What became of an invitation. An open one past its time is worth as little as a withdrawn one."""

    OPEN = "open", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Called back")


class ConsentKind(TextChoices):
    """To what a person agrees. Each is a document of its own."""

    PROCESSING = "processing", _("Consent to the processing of personal data")
    PUBLICATION = "publication", _("Consent to the publication of personal data")


class Category(TextChoices):
    """What may be published of people's data, each chosen by itself."""

    TEAM = "team", _("The team of the practice")
    PHOTOS = "photos", _("Photos")
    DOCUMENTS = "documents", _("Letters and documents")
