"""What is wrong with a QTI file: a code and its parameters, at a place; locale texts are keyed by the code. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from itembank.faults import Fault, Refused


@dataclass(frozen=True, slots=True)
class QtiFault(Fault):
    """One fault: `where` is "file:line", `field` the element or attribute, `code` the end of its key."""

    code: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of the sentence for people, which takes `words`."""
        return f"qti.fault.{self.code}"

    @property
    def words(self) -> dict[str, str]:
        """What the sentence fills in: the parameters, and the element or attribute as `name`."""
        return {"name": self.field, **self.params}


class BadQti(Refused):
    """A QTI file or package that cannot be used; nothing of it has been taken over."""

    code = "bad_qti"
    faults: tuple[QtiFault, ...]

    def __init__(self, faults: Iterable[QtiFault]) -> None:
        super().__init__(faults)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file: what a fault points to."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


def fault(place: Place, code: str, name: str = "", **params: object) -> QtiFault:
    """A fault of `code` about the element or attribute `name`."""
    given = {key: str(value) for key, value in params.items()}
    cause = code.replace("_", " ") + "".join(f", {key} {value}" for key, value in given.items())
    return QtiFault(str(place), name, cause, code, given)


def refusal(place: Place, code: str, name: str = "", **params: object) -> BadQti:
    """The one fault as the exception to raise."""
    return BadQti([fault(place, code, name, **params)])
