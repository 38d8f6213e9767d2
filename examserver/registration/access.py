"""Who may reach the addresses of registration."""

from examserver.kernel.access import PUBLIC, Role

_READS = frozenset({Role.OFFICER, Role.ADMIN})
_EDITS = frozenset({Role.ADMIN})
_OWN = frozenset({Role.APPLICANT})
_BODY = frozenset({Role.CLERK, Role.FINANCE, Role.SCHEDULER, Role.OFFICER, Role.ADMIN, Role.SUPERVISOR})
_WORKS = _BODY | {Role.INSTITUTION}
_ACTS = frozenset({Role.CLERK, Role.FINANCE, Role.OFFICER, Role.INSTITUTION})
_PAYS = frozenset({Role.CLERK, Role.FINANCE, Role.OFFICER, Role.ADMIN, Role.SUPERVISOR, Role.INSTITUTION})
_PLANS = frozenset({Role.SCHEDULER})
_SEES_PLANS = frozenset({Role.SCHEDULER, Role.OFFICER, Role.ADMIN, Role.SUPERVISOR})

ROWS: dict[str, frozenset[Role]] = {
    "apply_start": PUBLIC,
    "apply_check": PUBLIC,
    "my_home": _OWN,
    "my_apply": _OWN,
    "my_application": _OWN,
    "my_application_form": _OWN,
    "my_application_act": _OWN,
    "applications": _WORKS,
    "application": _WORKS,
    "application_form": _WORKS,
    "application_act": _ACTS,
    "application_document": _WORKS | _OWN,
    "applications_file": frozenset({Role.CLERK, Role.INSTITUTION}),
    "my_messages": _OWN,
    "my_message": _OWN,
    "my_messages_language": _OWN,
    "messages": frozenset({Role.INSTITUTION}),
    "message": frozenset({Role.INSTITUTION}),
    "application_mail": frozenset({Role.CLERK}),
    "orders": _PAYS,
    "orders_open": frozenset({Role.CLERK, Role.FINANCE}),
    "orders_export": frozenset({Role.FINANCE}),
    "order": _PAYS | _OWN,
    "order_slip": frozenset({Role.CLERK, Role.INSTITUTION}) | _OWN,
    "order_credit": frozenset({Role.FINANCE}),
    "tickets": _OWN | {Role.INSTITUTION},
    "ticket": _OWN | {Role.INSTITUTION},
    "tickets_file": _OWN | {Role.INSTITUTION},
    "ticket_file": _OWN | {Role.INSTITUTION},
    "batches": _SEES_PLANS,
    "batch": _SEES_PLANS,
    "batch_act": _PLANS,
    "batches_requeue": _PLANS,
    "office_catalogue": _READS,
    "office_catalogue_version": _READS,
    "office_catalogue_file": _READS,
    "office_catalogue_new": _EDITS,
    "office_calendar": _READS,
    "office_calendar_day": _EDITS,
    "office_calendar_year": _EDITS,
}
