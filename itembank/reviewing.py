"""Who may decide on a version, and when it has been approved often enough. Pure."""

from collections.abc import Collection, Iterable

from itembank.states import Decision

OWN_WORK = "own_work"
REVIEWED_ALREADY = "reviewed_already"


def refusal(reviewer: str, author: str, reviewed: Collection[str]) -> str | None:
    """None when `reviewer` may decide on a version of `author` that `reviewed` have decided on in this round.

    Else the code of the rule: nobody reviews work of their own, nobody counts twice.
    """
    if reviewer == author:
        return OWN_WORK
    return REVIEWED_ALREADY if reviewer in reviewed else None


def is_approved(decisions: Iterable[str], needed: int) -> bool:
    """Whether the `decisions` of one round approve a version: `needed` people for it, nobody against."""
    given = list(decisions)
    return all(one == Decision.APPROVE for one in given) and len(given) >= needed
