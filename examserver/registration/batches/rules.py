"""Which batch somebody belongs to, and where too few go. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date

from examserver.registration.applications.faults import Fault
from examserver.registration.catalogue.content import Rules, Scope
from examserver.registration.dates.windows import Window, next_window, window_on


def scope_of(scope: Scope, offering: str, level: int) -> str:
    """What is counted together (AMB-9): the offering, its level, or everybody."""
    return {Scope.OFFERING: offering, Scope.LEVEL: f"L{level}"}.get(scope, "ALL")


def first_window(windows: Sequence[Window], day: date) -> Window | None:
    """The window that `day` counts in: the open one, or the next to open; None after the last of the year."""
    later = [one for one in windows if one.apply_from > day]
    return window_on(windows, day) or min(later, key=lambda one: one.apply_from, default=None)


def onward(windows: Sequence[Window], window: Window) -> Iterator[Window]:
    """The windows after `window`, in order."""
    following = next_window(windows, window)
    while following is not None:
        yield following
        following = next_window(windows, following)


def too_few(people: int, rules: Rules) -> Iterator[Fault]:
    """REQ-44: 29 cannot be confirmed, 30 can; the notice knows no exception (AMB-9)."""
    if people < rules.batch_least:
        yield Fault("batch_too_few", "batch", {"people": people, "least": rules.batch_least})
