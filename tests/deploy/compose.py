"""docker-compose.yml as Compose reads it: merged, its variables filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from tests.architecture.tree import ROOT

VARIABLE = re.compile(r"\$(?:(?P<dollar>\$)|\{(?P<name>\w+)(?:(?P<kind>:[-?])(?P<rest>[^}]*))?\})")


class Unset(ValueError):
    """A variable that has to be set is not."""


@dataclass(frozen=True, slots=True)
class Service:
    """One service: what it runs and in which environment; `ours` is built from this repository."""

    name: str
    ours: bool
    command: tuple[str, ...]
    environment: dict[str, str]
    healthcheck: tuple[str, ...]


def fill(text: str, variables: Mapping[str, str]) -> str:
    """`${NAME}`, `${NAME:-default}` and `${NAME:?message}` replaced, `$$` a dollar; raises Unset."""

    def value(found: re.Match[str]) -> str:
        if found["dollar"]:
            return "$"
        if given := variables.get(found["name"], ""):
            return given
        if found["kind"] == ":-":
            return str(found["rest"])
        raise Unset(f"{found['name']}: {found['rest'] or 'not set'}")

    return VARIABLE.sub(value, text)


def services(variables: Mapping[str, str]) -> dict[str, Service]:
    """Every service by its name."""
    document = yaml.safe_load(fill((ROOT / "docker-compose.yml").read_text("utf-8"), variables))
    return {name: service_of(name, entry) for name, entry in document["services"].items()}


def service_of(name: str, entry: dict[str, Any]) -> Service:
    checked = entry.get("healthcheck", {}).get("test", [])
    environment = {key: str(value) for key, value in entry.get("environment", {}).items()}
    return Service(name, "build" in entry, tuple(entry.get("command", ())), environment, tuple(checked))
