"""Banks and constraints that others published: every one is assembled, and the check holds."""

from pathlib import Path

import pytest

from itembank.blueprints.assembling import assemble_forms
from itembank.blueprints.files import load
from itembank.blueprints.programme import Status
from tests.support.fixtures import fixtures

pytestmark = pytest.mark.conformance
NAMES = ("bayes_320", "reading_303", "science_1000", "fatigue_95")


def bank_files(name: str) -> dict[str, Path]:
    """The files of a bank by their first word; skips where the fixtures lack it."""
    folder = fixtures("ata")
    found = {path.name.split("_")[0]: path for path in folder.glob(f"*_{name}.csv")}
    if not {"constraints", "itempool"} <= found.keys():
        pytest.skip(f"no bank {name} in {folder}")
    return found


@pytest.mark.parametrize("forms", [1, 2])
@pytest.mark.parametrize("name", NAMES)
def test_a_published_bank_is_assembled_by_its_own_constraints(name: str, forms: int, tmp_path: Path) -> None:
    files = bank_files(name)
    lines = [f"forms = {forms}", "max_use = 2", "[information]", "theta = [-1, 0, 1]", "[bank]"]
    named = {"constraints": "constraints", "pool": "itempool", "stimuli": "stimattrib"}
    lines += [f'{key} = "{files[file]}"' for key, file in named.items() if file in files]
    (tmp_path / "blueprint.toml").write_text("\n".join(lines), "utf-8")
    blueprint, bank = load(tmp_path / "blueprint.toml", files.get("itemattrib", files["itempool"]))
    made = assemble_forms(blueprint, bank)
    assert made.status is Status.SOLVED, made.blocking
    assert len(made.forms) == forms
    assert made.checks
    assert all(one.holds for one in made.checks)
