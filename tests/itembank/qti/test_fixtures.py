"""Files that others wrote: all items read, packages read or refused by name, and round trips keep every outcome."""

import json
from pathlib import Path

import pytest

from itembank.qti.checks import item_faults
from itembank.qti.items import read_item
from itembank.qti.package_writing import write_package
from itembank.qti.packages import read_package
from itembank.qti.writing import left_out, write_item
from scoring.processing.batch import score_lines
from tests.support.fixtures import fixtures

pytestmark = pytest.mark.conformance
REASONS = {
    "refused_element", "unknown_element", "unsupported_resource", "missing_file", "missing_item", "missing_resource",
    "missing_stimulus",
}  # fmt: skip


def items() -> list[Path]:
    root = fixtures("qti")
    return sorted(path for folder in ("qti2", "qti3") for path in (root / folder).rglob("*.xml"))


def test_every_item_is_read_and_may_enter_a_bank() -> None:
    found = items()
    assert found
    for path in found:
        assert item_faults(read_item(path.read_bytes(), name=path.name), name=path.name) == ()


@pytest.mark.parametrize("version", ["2.2", "3.0"])
def test_every_item_reads_as_it_was_written(version: str) -> None:
    for path in items():
        item = read_item(path.read_bytes(), name=path.name)
        assert read_item(write_item(item, version), name=path.name) == item, path


def test_packages_are_read_or_refused_by_name() -> None:
    for path in sorted(fixtures("qti/packages").glob("*.zip")):
        package = read_package(path.read_bytes(), name=path.name)
        assert package.items or package.tests or package.faults, path
        for fault in package.faults:
            assert fault.code in REASONS, (path, fault)
            assert fault.field
            assert ":" in fault.where or fault.code == "missing_file"


@pytest.mark.parametrize("version", ["2.2", "3.0"])
def test_packages_read_as_they_were_written(version: str) -> None:
    for path in sorted(fixtures("qti/packages").glob("*.zip")):
        package = read_package(path.read_bytes(), name=path.name)
        if not package.items or any(left_out(item, version) for item in package.items.values()):
            continue
        again = read_package(write_package(package, version), name=path.name)
        assert (again.items, again.tests, again.media) == (package.items, package.tests, package.media), path


def test_round_trips_keep_every_outcome(tmp_path: Path) -> None:
    root = fixtures("qti")
    lines = [json.loads(line) for line in (root / "triples/responses.jsonl").read_text().splitlines()]
    for name in {line[key] for line in lines for key in ("item", "item_qti3")}:
        item = read_item((root / name).read_bytes(), name=name)
        copy = tmp_path / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(write_item(item, "3.0" if name.startswith("qti2") else "2.2"))
    for key in ("item", "item_qti3"):
        asked = [
            json.dumps({"id": x["id"], "item": x[key], "responses": x["responses"]}).encode() for x in lines
        ]
        assert list(score_lines(asked, tmp_path, print)) == list(score_lines(asked, root, print))
