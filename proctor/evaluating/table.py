"""The result for a person to read."""

from typing import Any

Json = dict[str, Any]
HEAD = ("code", "events", "found", "twice", "false", "per hour", "at most", "p50 s", "p95 s")
WIDTHS = (18, 6, 6, 6, 6, 9, 8, 6, 6)


def as_text(result: Json) -> str:
    """Two tables, the targets, and what stands behind them."""
    both = {**result["codes"], **result["merged"]}
    lines = [as_line(HEAD), *(as_line(cells(code, figures)) for code, figures in both.items()), ""]
    lines += [as_target(one) for one in result["targets"] if one["due"] or one["rate"] is not None]
    lines += [
        "",
        sentence(result["time"]),
        *(f"{name}: {value}" for name, value in result["hashes"].items()),
    ]
    return "\n".join(lines)


def as_markdown(result: Json) -> str:
    """Two tables for a page: each code with its exact intervals, the aims, and what stands behind both."""
    head = "| code | events | found | 95 % interval | told twice | false alarms | an hour, at most | delay p50 | p95 |"
    rows = [markdown_row(code, one) for code, one in {**result["codes"], **result["merged"]}.items()]
    aims = "| aim | found | false alarms an hour | delay p95 |"
    parts = (head, "|" + "---|" * 9, *rows, "", aims, "|" + "---|" * 4, *map(aim_row, result["targets"]))
    return "\n".join((*parts, "", sentence(result["time"])))


def aim_row(one: Json) -> str:
    """A line that the project aims at: the events that are long enough, and whether each figure is on its side."""
    due = f"`{one['code']}` of >= {one['least_seconds']:g} s"
    aim = f"{due}: >= {one['found']:.0%}, <= {one['false_alarms_per_hour']:g}/h"
    figures = {
        "found": f"{one['due_found']} of {one['due']}",
        "false_alarms": told(one["rate"]),
        "delay": told(one["due_delay_p95"]),
    }
    cells = [
        f"{figure}: {verdict(one['reached'][name], one['shown'].get(name))}"
        for name, figure in figures.items()
    ]
    return f"| {aim}, <= {one['delay_p95']:g} s | {' | '.join(cells)} |"


def markdown_row(code: str, figures: Json) -> str:
    """A code's line; the rate is followed by its one-sided 95 % bound."""
    ends = figures["found_share_interval"]
    within = "-" if ends is None else f"{ends[0]:.0%} to {ends[1]:.0%}"
    most = told(figures["false_alarms_per_hour_at_most"])
    cells = (
        f"`{code}`",
        figures["events"],
        figures["found"],
        within,
        figures["duplicates"],
        figures["false_alarms"],
        f"{told(figures['false_alarms_per_hour'])}, {most}",
        told(figures["delay_p50"]),
        told(figures["delay_p95"]),
    )
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def sentence(time: Json) -> str:
    """How much was played, how much of it is clean and different."""
    return (
        f"{time['sessions']} sessions ({time['composed_sessions']} composed), {time['hours'] * 60:.1f} minutes, "
        f"{time['clean_minutes']:.1f} clean, {time['distinct_clean_minutes']:.1f} of them distinct "
        f"(from {time['distinct_from']}), coverage {time['coverage']:.2%}"
    )


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
