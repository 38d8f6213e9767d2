"""Who may reach the addresses of registration."""

from examserver.kernel.access import Role

_READS = frozenset({Role.OFFICER, Role.ADMIN})
_EDITS = frozenset({Role.ADMIN})

ROWS: dict[str, frozenset[Role]] = {
    "office_catalogue": _READS,
    "office_catalogue_version": _READS,
    "office_catalogue_file": _READS,
    "office_catalogue_new": _EDITS,
    "office_calendar": _READS,
    "office_calendar_day": _EDITS,
    "office_calendar_year": _EDITS,
}
