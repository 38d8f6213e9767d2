"""Rows of a question sheet read in a second, against calamine alone giving the cells of the same file.

`python -m benchmarks.sheets [REPS]` prints the figure alone. The sheet has 5,000 rows of four types, as a venue keeps
them; the product finds headings, types, keys and what is wrong, and makes questions.
"""

import io
import sys
import time
from collections.abc import Callable

import python_calamine

from benchmarks import report
from benchmarks.figures import Figure, Slice, together
from itembank.formats.known.sheets.reading import read
from itembank.formats.known.sheets.writing import write
from itembank.formats.question import Answer, Choice, Question

ROWS = 5_000
AIM = 1 / 3


def question(number: int) -> Question:
    """One of four types in turn, with texts of a usual length."""
    texts = [f"第{number}题的第{n}个选项，说明一种常见的做法" for n in range(1, 5)]
    common = {
        "prompt": f"第{number}题：在制作竖屏短视频时，下列关于画幅、码率与字幕的说法，正确的是（　　）",
        "points": 1.0,
        "difficulty": 0.5,
        "knowledge_point": f"知识点{number % 40}",
        "explanation": "见教材相应章节。",
    }
    sides = (Choice(text="true", fraction=1.0), Choice(text="false"))
    kinds = (
        Question(
            type="single",
            choices=tuple(Choice(text=t, fraction=float(t is texts[0])) for t in texts),
            **common,
        ),
        Question(type="multiple", choices=tuple(Choice(text=t, fraction=0.25) for t in texts), **common),
        Question(type="true_false", choices=sides, **common),
        Question(type="short", answers=(Answer(text="九比十六"), Answer(text="9:16")), **common),
    )
    return kinds[number % 4]


def bare(data: bytes) -> int:
    """All cells of the first sheet, as calamine gives them; how many rows."""
    return len(
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    )


def measured(work: Callable[[], object]) -> Slice:
    """Reading the sheet once."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Slice(ROWS, time.perf_counter() - wall, time.process_time() - cpu)


def run(reps: int) -> Figure:
    """The figure, from `reps` repetitions of each, taken in turn."""
    data = write([question(number) for number in range(ROWS)]).data
    reading = read(data, "bank.xlsx")
    if len(reading.questions) != ROWS or reading.errors:
        raise RuntimeError(f"{len(reading.questions)} of {ROWS} rows, {reading.errors[:3]}")
    pairs = [(measured(lambda: read(data, "bank.xlsx")), measured(lambda: bare(data))) for _ in range(reps)]
    return Figure(
        "sheets",
        "rows/s",
        "calamine alone",
        AIM,
        [together([product]) for product, _ in pairs],
        [together([limit]) for _, limit in pairs],
        notes=[f"{ROWS} rows, {len(data):,} bytes"],
    )


if __name__ == "__main__":
    print(report.figure(run(int(sys.argv[1]) if len(sys.argv) > 1 else 5)))
