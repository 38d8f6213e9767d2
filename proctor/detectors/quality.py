"""Whether a picture is good enough to be judged: not too dark and not too blurred."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from proctor.glances import Glance

LIT, UNLIT = 60.0, 20.0  # brightness of the lightest twentieth: surely enough, surely too little
SHARP, BLURRED = 170.0, 50.0  # slope of the steepest hundredth: surely sharp, surely blurred


def poor_score(seen: Glance) -> float:
    """0 for a good picture to 1 for one that shows next to nothing."""
    light = at_share(seen.grey, 0.95)
    slope = at_share(seen.slopes, 0.99)
    return max(lack(light, LIT, UNLIT), lack(slope, SHARP, BLURRED))


def at_share(values: NDArray[Any], share: float) -> float:
    """The value below which a share of all lie, as np.percentile has it, without its detours."""
    place = share * (values.size - 1)
    low = int(place)
    below, above = np.partition(values.ravel(), (low, low + 1))[low : low + 2].tolist()
    return float(below + (above - below) * (place - low))


def lack(value: float, enough: float, nothing: float) -> float:
    """How far `value` falls short: 0 from `enough` up, 1 from `nothing` down."""
    return min(1.0, max(0.0, (enough - value) / (enough - nothing)))
