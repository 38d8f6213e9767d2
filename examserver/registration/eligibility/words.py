"""Says what was found in the reader's language, from the locale files."""

from django.utils.translation import gettext

from examserver.registration.eligibility.engine import Finding


def found_said(finding: Finding) -> str:
    """The sentence for a finding."""
    facts = {name: str(value) for name, value in finding.facts.items()}
    if "least" in facts:
        facts["least"] = gettext(f"eligibility.school.{facts['least']}")
    return gettext(f"eligibility.finding.{finding.key}") % facts
