"""What happens in a composed session: events that count, and things that only look like them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from proctor.compose.chance import Chance
from proctor.compose.covers import COVERS
from proctor.compose.things import ALLOWED, BOOKS, COMPUTERS, PHONES
from proctor.reports import Code

FPS = 2
QUIET = 20.0  # seconds at the beginning in which nothing happens: the candidate has just checked in
APART = 16.0  # seconds between two events
CLEAN_SHARE = 0.3  # of the sessions have no event at all
VARIANTS: Mapping[Code, Sequence[str]] = {
    Code.PHONE: tuple(PHONES),
    Code.BOOK_NOTES: tuple(BOOKS),
    Code.LAPTOP_TABLET: tuple(COMPUTERS),
    Code.EXTRA_PERSON: ("behind", "beside left", "beside right"),
    Code.SEAT_EMPTY: ("leaves left", "leaves right", "goes down"),
    Code.CAMERA_BLOCKED: tuple(COVERS),
    Code.FRAME_FROZEN: ("same bytes", "encoded again"),
    Code.LOW_QUALITY: ("lights off",),
}
SECONDS: Mapping[Code, tuple[float, float]] = {
    Code.PHONE: (3, 20),
    Code.BOOK_NOTES: (5, 25),
    Code.LAPTOP_TABLET: (5, 25),
    Code.EXTRA_PERSON: (3, 15),
    Code.SEAT_EMPTY: (8, 35),
    Code.CAMERA_BLOCKED: (4, 15),
    Code.FRAME_FROZEN: (5, 15),
    Code.LOW_QUALITY: (14, 25),
}
OFTEN: Sequence[Code] = (Code.PHONE, Code.PHONE, Code.SEAT_EMPTY, *VARIANTS)
PASSES_BY = "passes by"
LIGHTS_DIMMED = "lights dimmed"


@dataclass(frozen=True, slots=True)
class Happening:
    """One event from `start` to under `end`, in seconds; without a code it must not be reported."""

    code: Code | None
    variant: str
    start: float
    end: float

    def goes_on(self, t: float) -> bool:
        return self.start <= t < self.end


@dataclass(frozen=True, slots=True)
class Script:
    """Everything that is decided before a session is drawn."""

    name: str
    seed: tuple[int, int]
    seconds: float
    happenings: tuple[Happening, ...]
    allowed: tuple[str, ...]
    badge: bool
    coat: bool

    def now(self, t: float) -> list[Happening]:
        """What goes on at a moment."""
        return [one for one in self.happenings if one.goes_on(t)]


def make_script(seed: int, number: int) -> Script:
    """The script of one session; the same for the same seed and number."""
    chance = Chance(seed, number, 0)
    happenings = [] if chance.happens(CLEAN_SHARE) else make_events(chance)
    last = happenings[-1].end if happenings else QUIET
    quiet = make_quiet(chance, last + APART)
    seconds = half(max(quiet.end + 12, last + chance.between(20, 60), 90))
    allowed = [name for name in ALLOWED if chance.happens(0.3)]
    return Script(
        f"c{seed:03d}-{number:03d}",
        (seed, number),
        seconds,
        (*happenings, quiet),
        tuple(allowed[:3]),
        chance.happens(0.4),
        chance.happens(0.4),
    )


def make_events(chance: Chance) -> list[Happening]:
    """One to four events, one after another."""
    at, events = QUIET, []
    for _ in range(chance.whole(1, 5)):
        code = chance.among(OFTEN)
        start = half(at + chance.between(0, 12))
        end = half(start + chance.between(*SECONDS[code]))
        events.append(Happening(code, chance.among(VARIANTS[code]), start, end))
        at = end + APART
    return events


def make_quiet(chance: Chance, earliest: float) -> Happening:
    """Something that is no event: somebody passes by for at most two seconds, or the light goes down a little."""
    start = half(earliest + chance.between(0, 10))
    if chance.happens(0.5):
        return Happening(None, PASSES_BY, start, start + chance.among((1.0, 1.5, 2.0)))
    return Happening(None, LIGHTS_DIMMED, start, half(start + chance.between(10, 20)))


def half(seconds: float) -> float:
    """The moment of a frame."""
    return round(seconds * FPS) / FPS
