"""The result for a person to read."""

from typing import Any

Json = dict[str, Any]
HEAD = ("code", "events", "found", "twice", "false", "per hour", "at most", "p50 s", "p95 s")
WIDTHS = (18, 6, 6, 6, 6, 9, 8, 6, 6)


def as_text(result: Json) -> str:
    """Two tables, the targets, and what stands behind them."""
    time = result["time"]
    both = {**result["codes"], **result["merged"]}
    lines = [as_line(HEAD), *(as_line(cells(code, figures)) for code, figures in both.items()), ""]
    lines += [as_target(one) for one in result["targets"] if one["due"] or one["rate"] is not None]
    lines += [
        "",
        f"{time['sessions']} sessions ({time['composed_sessions']} composed), {time['hours'] * 60:.1f} minutes, "
        f"{time['clean_minutes']:.1f} clean, {time['distinct_clean_minutes']:.1f} of them distinct "
        f"(from {time['distinct_from']}), coverage {time['coverage']:.2%}",
        *(f"{name}: {value}" for name, value in result["hashes"].items()),
    ]
    return "\n".join(lines)


def as_line(values: tuple[Any, ...]) -> str:
    first, *others = (f"{told(value):>{width}}" for value, width in zip(values, WIDTHS, strict=True))
    return " ".join((first.strip().ljust(WIDTHS[0]), *others))


def cells(code: str, figures: Json) -> tuple[Any, ...]:
    names = ("events", "found", "duplicates", "false_alarms", "false_alarms_per_hour")
    late = ("false_alarms_per_hour_at_most", "delay_p50", "delay_p95")
    return (code, *(figures[name] for name in (*names, *late)))


def told(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def as_target(one: Json) -> str:
    """One aim in words: figure, aim, reached, and whether the set is large enough to show it."""
    verdicts = ", ".join(
        f"{name} {verdict(reached, one['shown'].get(name))}" for name, reached in one["reached"].items()
    )
    return f"{one['code']} >= {one['least_seconds']:g} s: {one['due_found']} of {one['due']}; {verdicts}"


def verdict(reached: bool | None, shown: bool | None) -> str:
    if reached is None:
        return "without events"
    if not reached:
        return "not reached"
    return (
        "reached and shown" if shown else "reached" if shown is None else "reached, set too small to show it"
    )
