"""Tests and stimuli are read whole, or refused by name and line."""

import pytest

from itembank.qti.assessments import read_stimulus, read_test
from itembank.qti.faults import BadQti
from tests.itembank.qti.samples import NS3, TEST3, item3


def codes(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(BadQti) as caught:
        read_test(data, name="test.xml")
    return [(fault.code, fault.field) for fault in caught.value.faults]


def test_a_test_keeps_its_parts_rules_and_limits() -> None:
    test = read_test(TEST3, name="test.xml")
    names = [node.name for part in test.parts for node in part.walk()]
    for name in (
        "selection",
        "ordering",
        "pre-condition",
        "branch-rule",
        "weight",
        "template-default",
        "rubric-block",
    ):
        assert name in names
    assert test.time_limits
    assert test.time_limits.get("max-time") == "3600"
    assert test.outcome_processing
    assert test.feedback[0].get("access") == "atEnd"
    assert test.declarations[0].identifier == "TOTAL"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (b'navigation-mode="nonlinear"', b'navigation-mode="zigzag"', ("unknown_value", "navigation-mode")),
        (b'select="1"', b'select="all"', ("bad_number", "select")),
        (b'select="1"', b"", ("missing_attribute", "selection")),
        (b'href="items/b.xml"', b"", ("missing_attribute", "assessment-item-ref")),
        (b'"i2"', b'"i1"', ("duplicate_identifier", "i1")),
        (b"<qti-ordering ", b"<qti-adaptive-selection/><qti-ordering ",
         ("unknown_element", "qti-adaptive-selection")),
        (b"<qti-selection ", b"stray<qti-selection ", ("stray_text", "assessment-section")),
        (b"<qti-is-null>", b"<qti-custom-operator/><qti-is-null>", ("refused_element", "qti-custom-operator")),
    ],
)  # fmt: skip
def test_what_a_test_cannot_mean_is_refused(old: bytes, new: bytes, found: tuple[str, str]) -> None:
    assert found in codes(TEST3.replace(old, new))


def test_an_item_is_no_test_and_a_test_without_parts_is_refused() -> None:
    assert codes(item3()) == [("wrong_root", "qti-assessment-item")]
    empty = f'<qti-assessment-test xmlns="{NS3}" identifier="x" title="x"/>'.encode()
    assert codes(empty) == [("wrong_count", "test-part")]


def test_a_stimulus_keeps_its_body_and_styles() -> None:
    data = (
        f'<qti-assessment-stimulus xmlns="{NS3}" identifier="s" title="材料"><qti-stylesheet href="s.css" '
        'type="text/css"/><qti-stimulus-body><p>一段材料</p></qti-stimulus-body></qti-assessment-stimulus>'
    )
    stimulus = read_stimulus(data.encode(), name="s.xml")
    assert (stimulus.body.text, stimulus.stylesheets[0].get("href")) == ("一段材料", "s.css")
    with pytest.raises(BadQti):
        read_stimulus(data.replace("stimulus-body", "item-body").encode(), name="s.xml")
