"""What people do with applications, with their teams and for their cities."""

from competition.services.applications import (
    REVISION_TIME,
    admit,
    decline,
    file_application,
    name_application,
    open_application,
    register_organisation,
    return_for_revision,
    withdraw,
)
from competition.services.archive import record_application
from competition.services.city import hide_from_city, show_to_city
from competition.services.consents import choose_publication
from competition.services.team import (
    accept_invitation,
    change_role,
    decline_invitation,
    invite,
    leave_team,
    remove_member,
    withdraw_invitation,
    write_to_owner,
)

__all__ = [
    "REVISION_TIME",
    "accept_invitation",
    "admit",
    "change_role",
    "choose_publication",
    "decline",
    "decline_invitation",
    "file_application",
    "hide_from_city",
    "invite",
    "leave_team",
    "name_application",
    "open_application",
    "record_application",
    "register_organisation",
    "remove_member",
    "return_for_revision",
    "show_to_city",
    "withdraw",
    "withdraw_invitation",
    "write_to_owner",
]
