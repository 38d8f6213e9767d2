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
    "office_certificates": _READS | {Role.CLERK, Role.SUPERVISOR},
    "office_certificates_act": frozenset({Role.OFFICER, Role.CLERK}),
    "office_certificates_export": _ACTS,
    "my_results": frozenset({Role.APPLICANT}),
    "my_resit": frozenset({Role.APPLICANT}),
    "results_look_up": PUBLIC,
    "certificate_verify": PUBLIC,
}
