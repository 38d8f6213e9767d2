"""Whatever bytes come, reading gives a model or BadQti, and nothing else."""

from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itembank.qti.assessments import read_test
from itembank.qti.faults import BadQti, QtiFault
from itembank.qti.items import read_item
from itembank.qti.packages import read_package
from itembank.qti.writing import write_item
from tests.itembank.qti.samples import MANIFEST, TEST3, item2, item3, resource, rules2, zipped
from tests.itembank.qti.test_writing import RICH

SEEDS = (item2(), item3(), RICH, rules2("<exitResponse/>"), TEST3)
PIECES = tuple({piece for seed in SEEDS for piece in seed.replace(b"<", b" <").split(b" ") if piece})
ZIP = zipped(
    {"imsmanifest.xml": MANIFEST.format(resource("a", "imsqti_item_xmlv3p0", "a.xml")), "a.xml": item2()}
)
T = TypeVar("T")
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def attempted(read: Callable[[], T]) -> T | None:
    """What was read, or None where it was refused; a refusal names a place and a code."""
    faults: tuple[QtiFault, ...] = ()
    try:
        return read()
    except BadQti as error:
        faults = error.faults
    assert faults
    assert all(fault.where and fault.code for fault in faults)
    return None


@st.composite
def broken(draw: Callable[..., object], seed: bytes) -> bytes:
    """The seed with a few cuts, and other pieces or any bytes in their place."""
    data = seed
    for _ in range(int(str(draw(st.integers(1, 4))))):
        start = int(str(draw(st.integers(0, len(data)))))
        end = int(str(draw(st.integers(start, min(len(data), start + 40)))))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=6))
        assert isinstance(piece, bytes)
        data = data[:start] + piece + data[end:]
    return data


@QUICK
@given(st.sampled_from(SEEDS).flatmap(broken))
def test_broken_items_are_read_or_refused(data: bytes) -> None:
    item = attempted(lambda: read_item(data, name="f.xml"))
    if item:
        assert read_item(write_item(item), name="w.xml") == item


@QUICK
@given(broken(TEST3))
def test_broken_tests_are_read_or_refused(data: bytes) -> None:
    test = attempted(lambda: read_test(data, name="f.xml"))
    assert test is None or test.parts


@QUICK
@given(broken(ZIP))
def test_broken_packages_are_read_or_refused(data: bytes) -> None:
    package = attempted(lambda: read_package(data, name="p.zip"))
    assert package is None or package.items or package.faults
