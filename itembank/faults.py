"""What is wrong with a file that was handed in: every fault at once, with its place and cause. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: `where` is an item's id or place, `field` may be empty, `cause` what was expected."""

    where: str
    field: str
    cause: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.where, self.field, self.cause) if part)


class Refused(Exception):
    """A file or specification that cannot be used; nothing of it has been taken over."""

    code = "refused"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class BadBank(Refused):
    """A bank file with faults."""

    code = "bad_bank"


class BadSpec(Refused):
    """A paper's specification with faults."""

    code = "bad_spec"
