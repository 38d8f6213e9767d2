"""Who may import whom: the contracts of pyproject.toml, no circles, and few strangers in the proctor."""

import sys
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

import grimp
import pytest
from importlinter import api
from importlinter.application import use_cases
from importlinter.application.ports.reporting import Report

from tests.architecture.tree import PRODUCT, ROOT

CONTRACTS = api.read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"]
RUNS_DETECTORS = {"numpy", "cv2", "onnxruntime"}
# One module each: the bus between machines, and the pictures of people for composed scenes.
USED_ONCE = {("proctor.buses.redis", "redis"), ("proctor.scenes", "skimage")}


@pytest.fixture(scope="module")
def report() -> Report:
    """Every contract, checked once."""
    options = use_cases.read_user_options(str(ROOT / "pyproject.toml"))
    use_cases._register_contract_types(options)
    return use_cases.create_report(options, cache_dir=None)


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*PRODUCT, include_external_packages=True, cache_dir=None)


def imports(graph: grimp.ImportGraph) -> Iterator[tuple[str, str]]:
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            yield importer, imported


@pytest.mark.parametrize("name", [contract["name"] for contract in CONTRACTS])
def test_an_import_contract_is_kept(report: Report, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (contract, check), *others = [
        (contract, check) for contract, check in report.get_contracts_and_checks() if contract.name == name
    ]
    assert not others, "two contracts have one name"
    if not check.kept:
        contract.render_broken_contract(check)
        pytest.fail(f"{name}\n{capsys.readouterr().out}")


def test_the_picture_of_imports_has_no_circle(graph: grimp.ImportGraph) -> None:
    sorter = TopologicalSorter[str]()
    for importer, imported in imports(graph):
        sorter.add(importer, imported)
    try:
        sorter.prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(reversed(error.args[1])))


def test_the_proctor_uses_only_what_runs_its_detectors_and_carries_its_frames(
    graph: grimp.ImportGraph,
) -> None:
    known = RUNS_DETECTORS | {"proctor"} | set(sys.stdlib_module_names)
    strangers = {
        (importer, imported)
        for importer, imported in imports(graph)
        if importer.startswith("proctor") and imported.split(".")[0] not in known
    }
    assert strangers - USED_ONCE == set()


def test_every_package_of_the_server_has_its_layer() -> None:
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    placed = "|".join("|".join(contract["layers"]) for contract in configured[:1])
    names = {name.strip(" ()") for name in placed.replace(":", "|").split("|")}
    packages = {f"examserver.{path.parent.name}" for path in (ROOT / "examserver").glob("*/__init__.py")}
    assert packages - names == set()
