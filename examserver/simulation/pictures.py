"""What a simulated camera shows: pictures composed once per scene, then played round and round."""

from functools import cache
from itertools import cycle
from typing import Final

from proctor.frames import encode
from proctor.scenes import scene

FRAMES_A_SCENE = 12
# Which scene from which second on; the last one stays.
PLANS: Final[dict[str, tuple[tuple[str, float], ...]]] = {
    "person": (("person", 0),),
    "person_then_empty": (("person", 0), ("empty", 45), ("person", 85)),
    "person_then_phone": (("person", 0), ("phone", 30), ("person", 60)),
    "covered_later": (("person", 0), ("covered", 70), ("person", 95)),
}


@cache
def pictures(name: str) -> tuple[bytes, ...]:
    """JPEGs of the scene, alike but not the same."""
    return tuple(encode(scene(name, index / 2, seed=index), 70) for index in range(FRAMES_A_SCENE))


def shown_at(plan: str, seconds: float) -> str:
    """The scene that `plan` shows `seconds` after its beginning."""
    return [name for name, since in PLANS[plan] if since <= seconds][-1]


class Camera:
    """A camera that plays a plan."""

    def __init__(self, plan: str) -> None:
        self._plan, self._turn = plan, cycle(range(FRAMES_A_SCENE))

    def shoot(self, seconds: float) -> bytes:
        """The JPEG that is in front of the lens `seconds` after the beginning."""
        return pictures(shown_at(self._plan, seconds))[next(self._turn)]
