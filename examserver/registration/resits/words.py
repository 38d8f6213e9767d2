"""Says answers about resits in the reader's language, from the locale files."""

from django.utils.translation import gettext

from examserver.registration.applications.faults import Fault

_SUBJECTS = ("subject", "subjects")
# What only the rules of resits say; every other fault of an application is said beside them.
KEYS = frozenset(
    {
        "no_result",
        "competition_no_resit",
        "nothing_passed",
        "nothing_failed",
        "pass_forfeited",
        "result_expired",
        "mode_changed",
        "may_expire",
        "gives_up_resit",
        "consent_missing",
    }
)


def said(fault: Fault) -> str:
    """The sentence for a fault or a warning of the rules."""
    facts = {name: str(value) for name, value in fault.facts.items()}
    for name in _SUBJECTS:
        if name in facts:
            facts[name] = gettext("resit.and").join(
                gettext(f"resit.subject.{one}") for one in facts[name].split(", ")
            )
    return gettext(f"resit.{fault.key}") % facts
