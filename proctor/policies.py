"""The rules of policy.toml as values."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from proctor.reports import Code


@dataclass(frozen=True, slots=True)
class Policy:
    """When one code becomes an incident; scores 0 to 1, times in seconds, meanings as in policy.toml."""

    enter: float
    exit: float
    window: int
    padding: int
    minimum: float
    merge_gap: float
    cool_down: float
    memory: float
    update_every: float

    def __post_init__(self) -> None:
        if not 0 < self.exit <= self.enter <= 1:
            raise ValueError(f"0 < exit <= enter <= 1 does not hold: exit {self.exit}, enter {self.enter}")
        if not 1 <= self.padding <= self.window:
            raise ValueError(f"1 <= padding <= window does not hold: {self.padding}, {self.window}")
        if min(self.minimum, self.merge_gap, self.cool_down, self.memory, self.update_every) < 0:
            raise ValueError("a time is negative")


@dataclass(frozen=True, slots=True)
class SceneRules:
    """How the things in a picture are read together; parts and scores are 0 to 1, meanings as in policy.toml."""

    least_person_height: float
    most_person_overlap: float
    covered: float
    changed: float
    poor: float
    someone: float
    person: float
    told: float


@dataclass(frozen=True, slots=True)
class ThingRules:
    """How firmly a phone, book or laptop has been seen; windows in seconds, meanings as in policy.toml."""

    short: float
    long: float
    share: float
    long_gain: float
    usual_gain: float
    firm: float
    widest: float
    new_least: float
    new_bonus: float
    new_fit: float
    new_shape: float

    def __post_init__(self) -> None:
        if not (0 < self.short <= self.long and 0 < self.share <= 1):
            raise ValueError(f"0 < short <= long, 0 < share <= 1: {self.short}, {self.long}, {self.share}")


@dataclass(frozen=True, slots=True)
class LookRules:
    """All that says how pictures are read."""

    scene: SceneRules
    things: ThingRules


@dataclass(frozen=True, slots=True)
class Rules:
    """All of a policy file."""

    policies: Mapping[Code, Policy]
    look: LookRules


def load_rules(path: Path | None = None) -> Rules:
    """Read a policy file, the package's own by default; raises ValueError for what makes no sense."""
    path = path or Path(__file__).with_name("policy.toml")
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
        look = LookRules(SceneRules(**tables.pop("scene")), ThingRules(**tables.pop("things")))
        common = tables.pop("default")
        policies = {Code(code): Policy(**{**common, **table}) for code, table in tables.items()}
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error
    missing = set(Code) - set(policies)
    if missing:
        raise ValueError(f"{path}: no policy for {', '.join(sorted(missing))}")
    return Rules(policies, look)
