"""A room at work on a theory paper with every interaction: seats A01 to A04 are ready.

`python -m tests.browser.interactions_venue [CODE …]` fills the database that the settings name and prints the places.
With codes the paper has only those items, and the room still waits for the start signal.
"""

import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from tests.browser.candidate_venue import Place
from tests.browser.interactions_items import FILES, ROWS, Row, content, grading

SEATS = range(4)


def paper_parts(rows: Sequence[Row]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Content and keys of the paper."""
    items = [{"id": row.code, **content(row)} for row in rows]
    section = {
        "id": "S1",
        "type": "interactive",
        "title": "操作题",
        "title_en": "Interactive",
        "points": "2",
        "items": items,
    }
    keys = {row.code: {"type": "interactive", "points": "2", "grading": grading(row)} for row in rows}
    return {"sections": [section]}, keys


def fill(codes: Sequence[str] = ()) -> list[Place]:
    """The session runs, both candidates at work; with `codes` it waits."""
    from examserver.kernel import clock
    from examserver.kernel.access import SYSTEM
    from itembank.materials import keep
    from itembank.models import Paper
    from itembank.services import (
        papers as freezing,
    )  # the items are given, not drawn: frozen as any other paper
    from itembank.specs import TheorySpec
    from itembank.states import Subject
    from tests.delivery import venue as small

    def papers(now: datetime, folder: Path) -> tuple[Paper, Paper]:
        _, practical = made(now, folder)
        body, keys = paper_parts([row for row in ROWS if not codes or row.code in codes])
        for data in FILES.values():
            with tempfile.NamedTemporaryFile(dir=folder) as file:
                file.write(data)
                file.flush()
                keep(Path(file.name))
        spec = msgspec.convert({**small.THEORY, "pass_mark": 1}, TheorySpec)
        heading = freezing.PaperHeading("RICH", "O5", 3, "操作题卷")
        policy = {"multiple": "all_or_nothing"}
        draft = freezing._Draft(heading, Subject.THEORY, spec, body, policy, keys)
        return freezing._freeze(draft, SYSTEM, now), practical

    made, small.papers = small.papers, papers
    now = clock.now()
    venue = small.build(now, seats=len(SEATS), start_in_hours=0)
    for index in SEATS:
        venue.make_ready(index, now)
    if not codes:
        venue.start(now)

    def place(index: int) -> Place:
        sitting = venue.sitting(index, Subject.THEORY)
        path = f"/seat/{sitting.seat.workstation}/{venue.keys[index]}/"
        return Place(path, f"T{sitting.seat.label}", venue.people[index].id_number[-6:], sitting.pk)

    return [place(index) for index in SEATS]


def main() -> None:
    """Fill the database, print the places."""
    import django

    django.setup()
    sys.stdout.write(msgspec.json.encode(fill(sys.argv[1:])).decode())


if __name__ == "__main__":
    main()
