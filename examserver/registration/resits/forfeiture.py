"""When a new application in full gives up the kept passes (REQ-71, AMB-14). Pure."""

from collections.abc import Iterable
from datetime import date

from examserver.registration.applications.faults import Fault
from examserver.registration.applications.states import Origin
from examserver.registration.catalogue.content import Scope
from examserver.registration.dates.validity import is_kept
from examserver.registration.resits.values import Forfeiture, NewFull, Outcome, Taken, Terms, until


def consent_needed(results: Iterable[Taken], new: NewFull, terms: Terms, today: date) -> Fault | None:
    """The warning that a person must consent to before `new` is handed in; None when there is nothing to lose."""
    at_stake = _at_stake(results, new, terms, today)
    if not at_stake:
        return None
    last = max(until(one, terms) for one in at_stake)
    subjects = ", ".join(sorted(one.subject for one in at_stake))
    return Fault("gives_up_resit", "consented", {"subjects": subjects, "until": str(last)})


def forfeited_by(results: Iterable[Taken], new: NewFull, terms: Terms) -> Forfeiture | Fault | None:
    """What the approval of `new` gives up. None before it, and when nothing is kept on its day.

    The Fault `consent_missing` says that the approval must not happen: nobody loses a pass unawares.
    """
    if new.approved_on is None:
        return None
    at_stake = _at_stake(results, new, terms, new.approved_on)
    if not at_stake:
        return None
    return Forfeiture(at_stake) if new.consented else Fault("consent_missing", "consented")


def _at_stake(results: Iterable[Taken], new: NewFull, terms: Terms, day: date) -> tuple[Taken, ...]:
    """The passes in the offering of `terms` that are kept on `day` and that `new` reaches."""
    if new.origin is not Origin.FULL or not _reaches(new, terms):
        return ()
    passed = [one for one in results if one.outcome is Outcome.PASSED and not one.forfeited]
    kept = tuple(one for one in passed if is_kept(one.day, terms.years, day))
    # With both passed there is a certificate, and no resit to give up.
    return kept if len({one.subject for one in kept}) == 1 else ()


def _reaches(new: NewFull, terms: Terms) -> bool:
    """By default only the same direction at the same level; the catalogue may widen it (AMB-14)."""
    if terms.scope is Scope.OFFERING:
        return new.offering == terms.offering
    return terms.scope is Scope.TOTAL or new.level == terms.level
