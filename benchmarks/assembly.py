"""Papers assembled by blueprint against the bare call of the solver on the same programme, taken in turn."""

import statistics
import time
from collections.abc import Callable

import numpy as np

from benchmarks.figures import Figure, Rep
from itembank.blueprints import assembling, programme
from itembank.blueprints.banks import Bank, BankFiles, make_bank
from itembank.blueprints.programme import Status
from itembank.blueprints.specification import BankPlan, read_blueprint
from itembank.blueprints.tables import Table

SIZES = (1000, 5000)
AIM = 1 / 3
BLUEPRINT = """
forms = 10
[[sections]]
where = 'type == "true_false"'
count = 24
[[sections]]
where = 'type == "single"'
count = 40
[[sections]]
where = 'type == "multiple"'
count = 16
[[rules]]
kind = "each"
column = "point"
min = 4
max = 10
[information]
theta = [-1, 0, 1]
tolerance = 0.01
"""


def bank(items: int, seed: int) -> Bank:
    """A bank of 3PL items of three types and twelve points, one pair of enemies to twenty items."""
    rng = np.random.default_rng(seed)
    ids = [f"I{n:05}" for n in range(items)]
    columns = {
        "ID": ids,
        "MODEL": ["3PL"] * items,
        "PAR1": [float(one) for one in rng.lognormal(0, 0.3, items)],
        "PAR2": [float(one) for one in rng.normal(0, 1, items)],
        "PAR3": [float(one) for one in rng.uniform(0.1, 0.25, items)],
        "type": [
            str(one) for one in rng.choice(["true_false", "single", "multiple"], items, p=[0.3, 0.5, 0.2])
        ],
        "point": [f"P{one}" for one in rng.choice(12, items)],
    }
    pairs = [rng.choice(items, 2, replace=False) for _ in range(items // 20)]
    enemies = {"a": [ids[a] for a, _ in pairs], "b": [ids[b] for _, b in pairs]}
    files = BankFiles(Table("bank", columns, items), enemies=Table("enemies", enemies, len(pairs)))
    return make_bank(files, BankPlan())


def run(reps: int, items: int = SIZES[0]) -> Figure:
    """The figure: whole assemblies (programme, search, order, check) a second, each repetition from another bank."""
    product, limit, notes = [], [], []
    for seed in range(1, reps + 1):
        pool = bank(items, seed)
        product.append(_timed(lambda pool=pool, seed=seed: _assemble(pool, seed)))
        limit.append(_bare(pool, seed))
        notes.append(
            f"bank {seed}: {1 / product[-1].per_second:.2f} s, bare {1 / limit[-1].per_second:.2f} s"
        )
    median = statistics.median(1 / one.per_second for one in product)
    notes.insert(
        0, f"{items} items -> 10 x 80, no overlap, enemies, information within 1 %: median {median:.2f} s"
    )
    return Figure("assembly", "assemblies/s", "bare HiGHS, all forms at once", AIM, product, limit, notes)


def _assemble(pool: Bank, seed: int) -> None:
    made = assembling.assemble_forms(read_blueprint(BLUEPRINT), pool, seed)
    if made.status is not Status.SOLVED:
        raise RuntimeError(f"bank {seed}: {made.status}")


def _bare(pool: Bank, seed: int) -> Rep:
    blueprint = read_blueprint(BLUEPRINT)
    problem, _ = assembling.problem_of(blueprint, pool)
    if problem is None:
        raise RuntimeError(f"bank {seed}: impossible")
    made = programme.shuffled(programme.build(problem), problem, seed)
    return _timed(lambda: programme.solve(made, blueprint.time_limit_s))


def _timed(work: Callable[[], object]) -> Rep:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return Rep(1 / wall, cpu * 1e6, cpu / wall)


if __name__ == "__main__":
    from benchmarks.report import figure

    for size in SIZES:
        print(figure(run(3, size)))
