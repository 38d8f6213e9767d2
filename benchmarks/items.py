"""Responses to QTI items that one core scores in a second, against comparing dictionaries in bare Python.

`python -m benchmarks.items [REPS]` prints the figure alone. The three standard templates take turns; each item is read
from QTI 3 and compiled once, and every response has its wire's form: lists of texts.
"""

import itertools
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from benchmarks import report
from benchmarks.figures import Figure, Slice, median, together
from itembank.qti.items import read_item
from scoring.processing import Scorer, compile_item

AIM = 20_000  # responses a second and core
SLICE = 30_000  # responses, a few tenths of a second
ROUNDS = 3
CHOICES = "ABCDEFGH"

_DOCUMENT = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="{name}"
  title="{name}" adaptive="false" time-dependent="false" xml:lang="en">
<qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="{base_type}">
  {inside}</qti-response-declaration>
<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
<qti-item-body><p>Measured</p></qti-item-body>
<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/{name}.xml"/>
</qti-assessment-item>"""
_CORRECT = "<qti-correct-response><qti-value>A</qti-value><qti-value>C</qti-value></qti-correct-response>"
_MAPPING = (
    '<qti-mapping lower-bound="0" upper-bound="2"><qti-map-entry map-key="A" mapped-value="1"/>'
    '<qti-map-entry map-key="C" mapped-value="1"/><qti-map-entry map-key="D" mapped-value="-1"/></qti-mapping>'
)
_AREAS = (
    '<qti-area-mapping><qti-area-map-entry shape="circle" coords="40,40,9" mapped-value="1"/>'
    '<qti-area-map-entry shape="rect" coords="80,80,120,120" mapped-value="1"/></qti-area-mapping>'
)


def scorer(name: str, base_type: str, inside: str) -> Scorer:
    """The item of one template, compiled."""
    document = _DOCUMENT.format(name=name, base_type=base_type, inside=inside)
    return compile_item(read_item(document.encode(), name=f"{name}.xml"))


def work() -> list[tuple[Scorer, list[dict[str, list[str]]]]]:
    """Each template's item and the responses that come to it in turn: every set of up to three values."""
    sets = [list(chosen) for size in range(4) for chosen in itertools.combinations(CHOICES, size)]
    points = [[f"{ord(one) % 16 * 20} {ord(one) % 16 * 20}" for one in chosen] for chosen in sets]
    choices = [{"RESPONSE": chosen} for chosen in sets]
    return [
        (scorer("match_correct", "identifier", _CORRECT), choices),
        (scorer("map_response", "identifier", _MAPPING), choices),
        (scorer("map_response_point", "point", _AREAS), [{"RESPONSE": chosen} for chosen in points]),
    ]


def scored(turns: list[tuple[Scorer, dict[str, list[str]]]]) -> Callable[[], object]:
    """The product: every outcome of every response."""
    return lambda: [one.score(responses) for one, responses in turns]


def compared(turns: list[tuple[Scorer, dict[str, list[str]]]]) -> Callable[[], object]:
    """The limit: a dictionary compared with the right one, and a dictionary of outcomes made."""
    right: Mapping[str, Any] = {"RESPONSE": ["A", "C"]}
    return lambda: [
        {"completionStatus": "completed", "SCORE": 1.0 if responses == right else 0.0}
        for _, responses in turns
    ]


def timed(go: Callable[[], object], units: int) -> Slice:
    """One stretch of `units` responses."""
    began, cpu = time.perf_counter(), time.process_time()
    go()
    return Slice(units, time.perf_counter() - began, time.process_time() - cpu)


def run(reps: int) -> Figure:
    """The figure, from `reps` repetitions of each in turn; one unmeasured repetition first."""
    streams = [itertools.cycle([(one, given) for given in responses]) for one, responses in work()]
    turns = [next(stream) for _ in range(SLICE // len(streams)) for stream in streams]
    product, limit = scored(turns), compared(turns)
    pairs = [(timed(product, len(turns)), timed(limit, len(turns))) for _ in range((reps + 1) * ROUNDS)]
    groups = [pairs[at : at + ROUNDS] for at in range(ROUNDS, len(pairs), ROUNDS)]
    found = [together([one for one, _ in group]) for group in groups]
    bare = [together([other for _, other in group]) for group in groups]
    return Figure(
        "items",
        "responses scored/s",
        "bare comparison of dictionaries",
        AIM / median(bare, "per_second"),
        found,
        bare,
        notes=[
            f"the aim is {AIM} responses a second and core; match_correct, map_response, map_response_point in turn"
        ],
    )


if __name__ == "__main__":
    sys.stdout.write(report.figure(run(int(sys.argv[1]) if len(sys.argv) > 1 else 5)))
