"""The rules of identity/rules.toml as values."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class IdentityRules:
    """When two faces are one person's and what cannot be judged; units and meanings as in rules.toml."""

    same: float
    different: float
    pictures: int
    face: float
    second: float
    least_second: float
    width: float
    light: float
    sharpness: float
    turned: float

    def __post_init__(self) -> None:
        if not 0 < self.same < self.different:
            raise ValueError(f"0 < same < different does not hold: {self.same}, {self.different}")
        if self.pictures < 1 or self.pictures % 2 == 0:
            raise ValueError(f"pictures must be odd, so that one is the median: {self.pictures}")
        if min(self.face, self.second, self.least_second, self.width, self.light, self.turned) <= 0:
            raise ValueError("a limit is not positive")


def load_identity_rules(path: Path | None = None) -> IdentityRules:
    """Read a rules file, the package's own by default; raises ValueError for what makes no sense."""
    path = path or Path(__file__).with_name("rules.toml")
    try:
        return IdentityRules(**tomllib.loads(path.read_text("utf-8")))
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error
