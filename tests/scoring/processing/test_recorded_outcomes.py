"""Every recorded response to items that others wrote brings every recorded outcome, in QTI 2 and in QTI 3."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from itembank.qti.items import read_item
from scoring.processing import Scorer, compile_item, dump_key, load_key
from scoring.processing.values import to_wire
from tests.support.fixtures import fixtures

pytestmark = pytest.mark.conformance


def recorded(root: Path) -> Iterator[dict[str, Any]]:
    with (root / "triples" / "responses.jsonl").open() as lines:
        for line in lines:
            yield json.loads(line)


def wrong(root: Path, field: str, scorer_of: Any) -> list[str]:
    found = []
    for line in recorded(root):
        outcomes = scorer_of(root / line[field]).score(line["responses"])
        wire = {name: to_wire(value) for name, value in outcomes.items()}
        if wire != line["outcomes"]:
            found.append(f"{line['id']} {line[field]}: {wire} is not {line['outcomes']}")
    return found


@lru_cache
def straight(path: Path) -> Scorer:
    return compile_item(read_item(path.read_bytes(), name=path.name))


@lru_cache
def through_key(path: Path) -> Scorer:
    read = read_item(path.read_bytes(), name=path.name)
    return load_key(json.loads(json.dumps(dump_key(read, highest=1.0))))


@pytest.mark.parametrize("field", ["item", "item_qti3"])
def test_recorded_responses_bring_the_recorded_outcomes(field: str) -> None:
    assert wrong(fixtures("qti"), field, straight) == []


@pytest.mark.parametrize("field", ["item", "item_qti3"])
def test_a_key_as_json_scores_as_the_file_does(field: str) -> None:
    assert wrong(fixtures("qti"), field, through_key) == []
