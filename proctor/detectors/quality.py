"""Whether a picture is good enough to be judged: not too dark and not too blurred."""

import numpy as np

from proctor.glances import Glance

LIT, UNLIT = 60.0, 20.0  # brightness of the lightest twentieth: surely enough, surely too little
SHARP, BLURRED = 170.0, 50.0  # slope of the steepest hundredth: surely sharp, surely blurred


def poor_score(seen: Glance) -> float:
    """0 for a good picture to 1 for one that shows next to nothing."""
    light = float(np.percentile(seen.grey, 95))
    slope = float(np.percentile(seen.slopes, 99))
    return max(lack(light, LIT, UNLIT), lack(slope, SHARP, BLURRED))


def lack(value: float, enough: float, nothing: float) -> float:
    """How far `value` falls short: 0 from `enough` up, 1 from `nothing` down."""
    return min(1.0, max(0.0, (enough - value) / (enough - nothing)))
