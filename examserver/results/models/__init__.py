"""What the application keeps: results and their releases, certificates and what became of them."""

from examserver.results.models.certificates import (
    Certificate,
    Handover,
    Revocation,
    SerialCounter,
    Withdrawal,
)
from examserver.results.models.results import Release, SubjectResult

__all__ = [
    "Certificate",
    "Handover",
    "Release",
    "Revocation",
    "SerialCounter",
    "SubjectResult",
    "Withdrawal",
]
