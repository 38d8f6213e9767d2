"""What is wrong with an application or a file of them: a key and the facts that its words need. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong; `key` is translated at the edge with `facts`, `where` the field it is put right in."""

    key: str
    where: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)


class Refused(Exception):
    """An act that was refused with every reason at once; nothing has been done."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(self.keys))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the faults, in their order."""
        return tuple(fault.key for fault in self.faults)


def refuse(key: str, where: str = "", **facts: str | int) -> Refused:
    """The refusal for one reason."""
    return Refused([Fault(key, where, facts)])


def refuse_any(faults: Iterable[Fault]) -> None:
    """Raise Refused when there is any fault."""
    found = tuple(faults)
    if found:
        raise Refused(found)
