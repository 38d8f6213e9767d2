"""Says answers about resits in the reader's language, from the locale files."""

from django.utils.translation import gettext

from examserver.registration.applications.faults import Fault

_SUBJECTS = ("subject", "subjects")


def said(fault: Fault) -> str:
    """The sentence for a fault or a warning of the rules."""
    facts = {name: str(value) for name, value in fault.facts.items()}
    for name in _SUBJECTS:
        if name in facts:
            facts[name] = gettext("resit.and").join(
                gettext(f"resit.subject.{one}") for one in facts[name].split(", ")
            )
    return gettext(f"resit.{fault.key}") % facts
