"""Who may reach the office and the look-up."""

from examserver.kernel.access import PUBLIC, Role

_READS = frozenset({Role.OFFICER, Role.ADMIN})
_ACTS = frozenset({Role.OFFICER})

ROWS: dict[str, frozenset[Role]] = {
    "office": _READS,
    "office_day": _READS,
    "office_release": _ACTS,
    "office_count": _ACTS,
    "office_amendments": _ACTS,
    "my_results": frozenset({Role.APPLICANT}),
    "my_resit": frozenset({Role.APPLICANT}),
    "results_look_up": PUBLIC,
    "certificate_verify": PUBLIC,
}
