"""A database that drops the writer's connection, as when it restarts, costs nobody an answer."""

from pathlib import Path

from tests.support.server import environment, run_command, run_module


def test_the_writer_answers_again_after_its_connection_was_dropped(tmp_path: Path, postgres: str) -> None:
    settings = environment(tmp_path, EXAMSERVER_DATABASE=postgres)
    run_command(settings, "migrate")
    told = run_module(settings, "tests.delivery.lost_connection").split()
    assert told == ["saved", "saved", "saved"]
