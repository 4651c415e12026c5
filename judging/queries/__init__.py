from judging.queries.jury import (
    Progress,
    assigned_applications,
    jurors_of,
    jury_progress,
)
from judging.queries.sheets import (
    CriterionMark,
    Sheet,
    colleagues_sheets,
    criteria_of,
    desk_rows,
    lock_sheet,
    next_sheet,
    read_sheet,
    sheet_for,
)
from judging.queries.standings import NominationStandings, Obstacles, Standing, fingerprint, obstacles, standings_of

__all__ = [
    "CriterionMark",
    "NominationStandings",
    "Obstacles",
    "Progress",
    "Sheet",
    "Standing",
    "assigned_applications",
    "colleagues_sheets",
    "criteria_of",
    "desk_rows",
    "fingerprint",
    "jurors_of",
    "jury_progress",
    "lock_sheet",
    "next_sheet",
    "obstacles",
    "read_sheet",
    "sheet_for",
    "standings_of",
]
