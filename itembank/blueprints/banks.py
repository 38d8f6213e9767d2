"""The items that papers are assembled from: their columns, stimuli, response models and enemies, joined by id. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itembank.blueprints.information import Item
from itembank.blueprints.specification import BadBlueprint, BankPlan
from itembank.blueprints.tables import Cell, Table, text
from itembank.faults import Fault

ROW_NUMBER = "#row"
ID_COLUMNS = ("id", "item_id", "itemid", "item", "code", "题号", "编号", "试题编号", "试题编码", "序号")
STIMULUS_COLUMNS = ("stid", "stimulus", "stimulus_id", "材料编号")


@dataclass(frozen=True, slots=True)
class Bank:
    """A pool: `ids`, `stimulus` and `models` have one entry an item, in the order of `items`."""

    items: Table
    ids: tuple[str, ...]
    stimulus: tuple[str | None, ...]
    models: tuple[Item | None, ...]
    stimuli: Table
    stimulus_ids: tuple[str, ...]
    enemies: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BankFiles:
    """The tables of a bank as they were read; only `items` must be there."""

    items: Table
    attributes: Table | None = None
    pool: Table | None = None
    stimuli: Table | None = None
    enemies: Table | None = None


def make_bank(files: BankFiles, plan: BankPlan) -> Bank:
    """The bank of the tables; BadBlueprint where ids are missing, repeated or unknown."""
    ids = _ids(files.items, plan.id)
    table = files.items
    for other in (files.attributes, files.pool):
        table = _joined(table, ids, other, plan.id)
    column = _first(table, plan.stimulus, STIMULUS_COLUMNS)
    stimulus = tuple(text(cell) for cell in table.columns[column]) if column else (None,) * len(ids)
    stimuli, stimulus_ids = _stimuli(files.stimuli, stimulus, plan.stimulus)
    return Bank(
        items=table,
        ids=ids,
        stimulus=stimulus,
        models=_models(table, plan),
        stimuli=stimuli,
        stimulus_ids=stimulus_ids,
        enemies=_enemies(files.enemies, set(ids)),
    )


def _first(table: Table, wanted: str, usual: Sequence[str]) -> str | None:
    if wanted:
        table.column(wanted)
        return table.find(wanted)
    return next((found for name in usual if (found := table.find(name))), None)


def _ids(table: Table, wanted: str) -> tuple[str, ...]:
    if wanted == ROW_NUMBER:
        return tuple(str(n) for n in range(1, table.rows + 1))
    column = _first(table, wanted, ID_COLUMNS)
    if column is None:
        raise BadBlueprint(
            [Fault(table.name, "id", f'no column of ids: name it, or say id = "{ROW_NUMBER}"')]
        )
    found = [text(cell) for cell in table.columns[column]]
    seen: dict[str, int] = {}
    faults = []
    for row, one in enumerate(found, 2):
        if one is None:
            faults.append(Fault(f"{table.name}:{row}", column, "an item without an id"))
        elif one in seen:
            faults.append(Fault(f"{table.name}:{row}", column, f"{one} stands in row {seen[one]} already"))
        else:
            seen[one] = row
    if faults or not found:
        raise BadBlueprint(faults or [Fault(table.name, "", "no item")])
    return tuple(seen)


def _joined(table: Table, ids: Sequence[str], other: Table | None, id_column: str) -> Table:
    """`table` with those columns of `other` that it does not have; an item that `other` lacks has empty cells."""
    if other is None:
        return table
    wanted = id_column if id_column and id_column != ROW_NUMBER and other.find(id_column) else ""
    place = {one: row for row, one in enumerate(_ids(other, wanted))}
    if not place.keys() & set(ids):
        raise BadBlueprint([Fault(other.name, "id", f"none of its ids is in {table.name}")])
    known = {name.casefold() for name in table.columns}
    added: dict[str, list[Cell]] = {
        name: [cells[place[one]] if one in place else None for one in ids]
        for name, cells in other.columns.items()
        if name.casefold() not in known
    }
    return Table(table.name, {**table.columns, **added}, table.rows)


def _models(table: Table, plan: BankPlan) -> tuple[Item | None, ...]:
    named = [table.column(name) for name in plan.parameters]
    model = table.find("MODEL")
    if not named:
        numbered = (table.find(f"PAR{n}") for n in range(1, 30))
        named = [table.columns[name] for name in numbered if name]
    if not named or not (plan.model or model):
        return (None,) * table.rows
    kinds: Sequence[Cell] = (plan.model,) * table.rows if plan.model else table.columns[model or ""]
    rows = zip(kinds, zip(*named, strict=True), strict=True)
    return tuple(_model(kind, row) for kind, row in rows)


def _model(kind: Cell, row: Sequence[Cell]) -> Item | None:
    numbers = tuple(cell for cell in row if isinstance(cell, float))
    return Item(text(kind) or "", numbers) if kind is not None and numbers else None


def _stimuli(table: Table | None, used: Sequence[str | None], wanted: str) -> tuple[Table, tuple[str, ...]]:
    names = tuple(dict.fromkeys(one for one in used if one is not None))
    if table is None:
        return Table("stimuli", {"STID": names}, len(names)), names
    column = _first(table, wanted if wanted and table.find(wanted) else "", (*STIMULUS_COLUMNS, *ID_COLUMNS))
    ids = _ids(table, column or "")
    if missing := sorted(set(names) - set(ids)):
        raise BadBlueprint([Fault(table.name, one, "an item names this stimulus") for one in missing])
    return table, ids


def _enemies(table: Table | None, ids: set[str]) -> tuple[tuple[str, str], ...]:
    """Each pair once, whichever way round the file has it; pairs of items that the bank lacks forbid nothing."""
    if table is None:
        return ()
    if len(table.columns) < 2:
        raise BadBlueprint([Fault(table.name, "", "two columns of ids are needed")])
    first, second = list(table.columns.values())[:2]
    pairs = {
        (min(a, b), max(a, b))
        for left, right in zip(first, second, strict=True)
        if (a := text(left)) and (b := text(right)) and a != b and {a, b} <= ids
    }
    return tuple(sorted(pairs))


def enemies_of(groups: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """The pairs of each group of enemies."""
    found = {(min(a, b), max(a, b)) for group in groups.values() for a in group for b in group if a != b}
    return tuple(sorted(found))
