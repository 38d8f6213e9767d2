"""Information of items: known values of every model, and what no item can have is refused."""

import math

import numpy as np
import pytest

from itembank.blueprints.information import BadParameters, Item, information


@pytest.mark.parametrize(
    ("model", "parameters", "theta", "wanted"),
    [
        ("1PL", (0.0,), 0.0, 0.25),
        ("2PL", (2.0, 1.0), 1.0, 1.0),
        ("3PL", (1.0, 0.0, 0.0), 0.0, 0.25),
        ("3PL", (1.0, 0.0, 0.2), 0.0, (0.8 * 0.25) ** 2 / (0.6 * 0.4)),
        ("PC", (0.0,), 0.0, 0.25),
        ("GPC", (1.5, 0.0), 0.0, 1.5**2 * 0.25),
        ("GPC", (1.0, 0.0, 0.0), 0.0, 2 / 3),
        ("GR", (1.5, 0.0), 0.0, 1.5**2 * 0.25),
    ],
)
def test_known_values(model: str, parameters: tuple[float, ...], theta: float, wanted: float) -> None:
    assert information(Item(model, parameters), [theta])[0] == pytest.approx(wanted)


@pytest.mark.parametrize("model", ["2PL", "3PL", "GPC", "GR"])
def test_information_is_the_squared_slope_of_every_category_over_its_share(model: str) -> None:
    """The definition by numeric slopes, from response curves written out here."""
    a, steps, c = 1.3, (-0.7, 0.4), 0.15
    parameters = {"2PL": (a, 0.4), "3PL": (a, 0.4, c), "GPC": (a, *steps), "GR": (a, *steps)}[model]

    def shares(theta: float) -> np.ndarray:
        if model.endswith("PL"):
            guess = c if model == "3PL" else 0.0
            p = guess + (1 - guess) / (1 + math.exp(-a * (theta - 0.4)))
            return np.array([1 - p, p])
        if model == "GPC":
            weights = np.exp(np.cumsum([0.0, *(a * (theta - b) for b in steps)]))
            return weights / weights.sum()
        above = [1.0, *(1 / (1 + math.exp(-a * (theta - b))) for b in steps), 0.0]
        return -np.diff(above)

    for theta in (-1.5, 0.0, 0.8):
        slope = (shares(theta + 1e-5) - shares(theta - 1e-5)) / 2e-5
        wanted = float((slope**2 / shares(theta)).sum())
        assert information(Item(model, parameters), [theta])[0] == pytest.approx(wanted, rel=1e-6)


def test_the_scale_is_a_factor_of_every_slope() -> None:
    assert information(Item("3PL", (1.0, 0.5, 0.2)), [0.1], 1.7) == pytest.approx(
        information(Item("3PL", (1.7, 0.5, 0.2)), [0.1])
    )
    assert information(Item("PC", (0.2, 0.5)), [0.1], 1.7) == pytest.approx(
        information(Item("GPC", (1.7, 0.2, 0.5)), [0.1])
    )


@pytest.mark.parametrize(
    ("model", "parameters"),
    [
        ("4PL", (1.0,)),
        ("3PL", (1.0, 0.0)),
        ("3PL", (1.0, 0.0, 1.0)),
        ("1PL", (1.0, 2.0)),
        ("GR", (1.0, 1.0, 0.0)),
    ],
)
def test_what_no_item_can_have_is_refused(model: str, parameters: tuple[float, ...]) -> None:
    with pytest.raises(BadParameters):
        information(Item(model, parameters), [0.0])
