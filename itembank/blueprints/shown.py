"""An assembly as JSON and as lines for a person, in either language."""

from collections.abc import Callable, Iterator
from typing import Any

from itembank.blueprints.assembling import Assembly, Form
from itembank.blueprints.blocking import Blocking
from itembank.blueprints.specification import Blueprint
from itembank.formats.wording import speaker


def shown(made: Assembly, blueprint: Blueprint, language: str) -> dict[str, Any]:
    """`{"status", "seed", "solver", "forms", "checks", …}`; of an impossible blueprint `"blocking"` instead of forms.

    A form is `{"form", "items": [ids], "sections": [{"id", "title", "points", "items"}], "information", "variants"}`.
    """
    head = {
        "status": made.status.value,
        "title": blueprint.title,
        "seed": made.seed,
        "solver": made.solver,
        "time_limit_s": made.time_limit_s,
    }
    if made.blocking or not made.forms:
        said = speaker(language)
        return {**head, "blocking": [_blocking(one, said) for one in made.blocking]}
    theta = list(blueprint.information.theta) if blueprint.information else []
    return {
        **head,
        "gap": made.gap,
        "information": {"theta": theta, "target": list(made.target)},
        "forms": [_form(number, one, blueprint) for number, one in enumerate(made.forms, 1)],
        "checks": [
            {"rule": one.rule, "form": one.form, "wanted": one.wanted, "found": one.found, "holds": one.holds}
            for one in made.checks
        ],
    }


def _form(number: int, form: Form, blueprint: Blueprint) -> dict[str, Any]:
    sections = [
        {"id": section.id, "title": section.title, "points": section.points, "items": list(items)}
        for section, items in zip(blueprint.sections, form.sections, strict=bool(blueprint.sections))
    ]
    return {
        "form": number,
        "items": list(form.items),
        "sections": sections,
        "information": list(form.information),
        "variants": form.variants,
    }


def _blocking(one: Blocking, said: Callable[[str], str]) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "side": one.side,
        "wanted": one.wanted,
        "possible": one.possible,
        "message": message(one, said),
    }


def message(one: Blocking, said: Callable[[str], str]) -> str:
    """A sentence that says what a rule wants and what is possible."""
    if one.rule in ("max_use", "overlap") or one.possible is None:
        name = one.rule if one.rule in ("max_use", "overlap") else "conflict"
    else:
        name = one.side
    possible = "–" if one.possible is None else f"{one.possible:g}"
    values = {"rule": one.rule, "wanted": f"{one.wanted:g}", "possible": possible}
    return said(f"blueprint.blocking.{name}") % values


def lines(found: dict[str, Any], language: str) -> Iterator[str]:
    """What the command line prints."""
    said = speaker(language)
    yield said(f"blueprint.status.{found['status']}") % {"seed": found["seed"], "solver": found["solver"]}
    yield from (f"  {one['message']}" for one in found.get("blocking", ()))
    for form in found.get("forms", ()):
        yield said("blueprint.form") % {"form": form["form"], "count": len(form["items"])}
        yield "  " + " ".join(form["items"])
    if checks := found.get("checks"):
        yield said("blueprint.checks") % {"count": len(checks), "held": sum(one["holds"] for one in checks)}
