"""What the proctor finds in composed sessions that nobody tuned on: the table of docs/proctoring.md, made anew."""

from pathlib import Path

from proctor import models
from proctor.compose.writing import Order, compose
from proctor.evaluating.evaluation import Request, evaluate
from proctor.evaluating.hashing import model_hashes
from proctor.evaluating.running import Machine
from proctor.evaluating.table import as_markdown, as_text
from proctor.loading import load_scene

SESSIONS, SEED = 40, 101  # seeds from 100 on are for figures, those below for tuning


def run(folder: Path) -> str:
    """Compose the sessions in `folder`, play them, and tell every figure with its hashes."""
    weights = models.default_directory()
    order = Order(folder / "composed", SESSIONS, SEED, load_scene(weights), model_hashes(weights))
    manifest = compose(order, tell)
    result = evaluate(Request(manifest), Machine(weights), tell)
    return f"{as_text(result)}\n\n{as_markdown(result)}\n"


def tell(line: str) -> None:
    print(line, flush=True)
