"""Says faults in the reader's language, from the locale files."""

from django.utils.translation import gettext

from examserver.registration.applications.faults import Fault
from examserver.registration.resits import words as resits


def said(fault: Fault) -> str:
    """The sentence for a fault, also of one that the rules of resits found."""
    if fault.key in resits.KEYS:
        return resits.said(fault)
    facts = {name: str(value) for name, value in fault.facts.items()}
    if fault.key == "document_missing":
        facts["title"] = gettext(f"application.document.{facts['kind']}")
    return gettext(f"application.fault.{fault.key}") % facts


def state_name(state: str) -> str:
    """What a person calls a state."""
    return gettext(f"application.state.{state}")
