"""How fast a page may send frames: a bucket that fills by one frame an interval. Pure.

The socket returns a credit with every frame that it has read, so what a page that ignores its credits or the
interval does wrong shows as frames that come too soon.
"""

from dataclasses import dataclass

FIRST_CREDITS = 2
# A blocked way holds back as many frames as there are credits; they come at once, and the next one right after.
BURST = 5.0
# Timers of browsers run a little early now and then.
TOLERANCE = 0.9


@dataclass(slots=True)
class Pace:
    """The bucket of one page; `interval` is seconds between frames, 0 for no limit, times are of any running clock."""

    interval: float
    filled_at: float
    room: float = BURST

    def allows(self, now: float) -> bool:
        """Whether a frame that comes at `now` keeps the pace; if so it takes its room."""
        if self.interval <= 0:
            return True
        gained = (now - self.filled_at) / (self.interval * TOLERANCE)
        self.room, self.filled_at = min(BURST, self.room + gained), now
        if self.room < 1:
            return False
        self.room -= 1
        return True
