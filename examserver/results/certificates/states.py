"""The states of a certificate, of its entry in the official look-ups, and the moves between them. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class CertificateState(StrEnum):
    """As requirements A.5 draw it; LAPSED is one that was never issued because a subject fell before."""

    ELIGIBLE = "ELIGIBLE"
    ISSUED = "ISSUED"
    COLLECTED = "COLLECTED"
    REVOKED = "REVOKED"
    LAPSED = "LAPSED"


class EntryState(StrEnum):
    """Whether the official look-ups know of it (REQ-66): not yet, yes, no longer."""

    PENDING = "PENDING"
    UPLOADED = "UPLOADED"
    WITHDRAWN = "WITHDRAWN"


class DeclaredBy(StrEnum):
    """Who declared the result void (REQ-105); empty until an officer has entered it."""

    UNDECLARED = ""
    BODY = "BODY"
    SUPERVISOR = "SUPERVISOR"


S = CertificateState
CERTIFICATE_MOVES: Mapping[CertificateState, frozenset[CertificateState]] = {
    S.ELIGIBLE: frozenset({S.ISSUED, S.LAPSED}),
    S.ISSUED: frozenset({S.COLLECTED, S.REVOKED}),
    S.COLLECTED: frozenset({S.REVOKED}),
    S.REVOKED: frozenset(),
    S.LAPSED: frozenset(),
}
# Of these a person holds one for an offering.
LIVE = frozenset({S.ELIGIBLE, S.ISSUED, S.COLLECTED})
VALID = frozenset({S.ISSUED, S.COLLECTED})

ENTRY_MOVES: Mapping[EntryState, frozenset[EntryState]] = {
    EntryState.PENDING: frozenset({EntryState.UPLOADED, EntryState.WITHDRAWN}),
    EntryState.UPLOADED: frozenset({EntryState.WITHDRAWN}),
    EntryState.WITHDRAWN: frozenset(),
}
