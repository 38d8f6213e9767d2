"""Who may do what: actors, roles, and the one decision function over the access table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is here for; staff may hold several."""

    CANDIDATE = "candidate"
    INVIGILATOR = "invigilator"
    CHIEF_INVIGILATOR = "chief_invigilator"
    GRADER = "grader"
    GRADING_LEAD = "grading_lead"
    OFFICER = "officer"
    ADMIN = "admin"
    ITEM_AUTHOR = "item_author"
    ITEM_REVIEWER = "item_reviewer"
    PAPER_CUSTODIAN = "paper_custodian"
    CLERK = "clerk"
    FINANCE = "finance"
    SCHEDULER = "scheduler"
    INSTITUTION = "institution"
    SUPERVISOR = "supervisor"
    APPLICANT = "applicant"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking. `kind` is `candidate`, `staff`, `system` or `anonymous`; `id` is the row's key.

    `session` is the candidate's workstation session, with the role CANDIDATE; a candidate who has signed in to their
    account at home has the role APPLICANT and 0 there, as staff have.
    """

    kind: str
    id: int
    roles: frozenset[Role]
    session: int = 0

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds any of `roles`."""
        return not self.roles.isdisjoint(roles)


ANONYMOUS = Actor("anonymous", 0, frozenset())
SYSTEM = Actor("system", 0, frozenset())


class Refusal(StrEnum):
    """How a request that may not pass is answered: by signing in first, or as if nothing were there."""

    SIGN_IN = "sign_in"
    NOT_FOUND = "not_found"


class NotAllowed(Exception):
    """The actor may see the subject but not do this to it; `code` names the rule."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


PUBLIC: frozenset[Role] = frozenset()
Table = Mapping[str, frozenset[Role] | None]


def decide(table: Table, name: str, actor: Actor) -> Refusal | None:
    """None when `actor` may reach the URL or socket `name`; what to answer otherwise.

    A name that the table lacks is refused, so that a new page is closed until somebody opens it.
    An empty set of roles means public. What the page then shows is narrowed by selectors to the actor's own.
    """
    allowed = table.get(name)
    if allowed is None:
        return Refusal.NOT_FOUND
    if not allowed or actor.has(*allowed):
        return None
    return Refusal.SIGN_IN if actor.kind == "anonymous" else Refusal.NOT_FOUND
