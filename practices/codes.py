"""Section codes that have a meaning of their own; every other section is known to its edition only."""

TITLE = "title"
TERRITORY = "territory"
DONOR = "donor"
RESULTS = "results"
COSTS = "costs"
PERIOD = "period"
DESCRIPTION = "description"
STAKEHOLDERS = "stakeholders"
TEAM = "team"
LINKS = "links"
CONTACTS = "contacts"

# Columns with a meaning of their own.
AMOUNT = "amount"
SOURCE = "source"
LAST_YEAR = "value_last_year"
WHOLE_PERIOD = "value_total"
