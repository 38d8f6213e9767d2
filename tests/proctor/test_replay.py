"""A recording played again gives the same reports, byte for byte, or says what is different and why."""

import json
import os
import random
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from proctor import policies
from proctor.bus import NOTHING, Watch
from proctor.cli import main
from proctor.frames import BadFrame, Frame
from proctor.loading import load_detectors
from proctor.logbook import Logbook, Room
from proctor.looking import Detectors
from proctor.pipeline import Pipeline
from proctor.policies import load_rules
from proctor.recording import RecordedPipeline, Wanted, open_pipeline
from proctor.records import MAGIC, Kind, Record, pack, read_records
from proctor.reports import IncidentReport
from proctor.runs import HEAD_NAME, POLICY_NAME, Start, begin_run, find_runs, parts
from tests.proctor.made import jpeg

START = 1_795_000_000.0
SCENES = {1: ["person"] * 4 + ["phone"] * 10 + ["person"] * 4, 2: ["second"] * 12 + ["covered"] * 6}


@pytest.fixture(scope="module")
def detectors(models_dir: Path) -> Detectors:
    return load_detectors(models_dir)


@dataclass(frozen=True)
class Recorded:
    """A recording and the reports that were given when it was made."""

    folder: Path
    reports: list[IncidentReport]


@pytest.fixture(scope="module")
def original(detectors: Detectors, models_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    """Eighteen frames of two seats, a bad one, ticks, and the end of seat 2."""
    folder = tmp_path_factory.mktemp("original") / "rec"
    wanted = Wanted(folder, 2**30)
    with open_pipeline(detectors, load_rules(), Start("0", START, models_dir), wanted) as pipeline:
        return Recorded(folder, list(shown(pipeline)))


@pytest.fixture
def play(original: Recorded, tmp_path: Path) -> Callable[[], list[IncidentReport]]:
    """Puts a copy of the recording where `replayed` looks for one."""

    def copy() -> list[IncidentReport]:
        shutil.copytree(original.folder, tmp_path / "rec")
        return original.reports

    return copy


def shown(pipeline: Pipeline) -> Iterator[IncidentReport]:
    for seq in range(18):
        at = START + seq / 2
        for source in SCENES:
            yield from pipeline.analyse(shot(source, seq), Watch(source, START)).reports
            yield from pipeline.tick(Watch(source, START), replace(NOTHING, received_at=at), at + 0.1)
    with pytest.raises(BadFrame):
        pipeline.analyse(replace(shot(1, 0), jpeg=b"\xff\xd8no\xff\xd9", seq=18), Watch(1, START))
    yield from pipeline.tick(Watch(1, START), replace(NOTHING, received_at=at), at + 40)
    yield from pipeline.close(2)


def shot(source: int, seq: int) -> Frame:
    at = START + seq / 2
    return Frame(source, seq, at, at, jpeg(SCENES[source][seq], seq / 2 % 3))


@pytest.fixture
def replayed(
    models_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Runs `proctor replay` on the recording; returns the exit code and what was printed."""

    def run(*arguments: str, models: Path = models_dir) -> tuple[int, str]:
        code = main(["--models", str(models), "replay", str(tmp_path / "rec"), *arguments])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def the_run(tmp_path: Path) -> Path:
    [folder] = find_runs(tmp_path / "rec")
    return folder


def test_a_recording_answers_as_the_pipeline_would_and_replays_byte_for_byte(
    play: Callable[[], list[IncidentReport]], replayed: Callable[..., tuple[int, str]], detectors: Detectors
) -> None:
    reports = play()
    assert reports == list(shown(Pipeline(detectors, load_rules())))
    assert {report.code for report in reports} >= {"PHONE", "EXTRA_PERSON", "CAMERA_LOST"}
    code, said = replayed("--json")
    told = json.loads(said)
    [run] = told["runs"]
    assert (code, told["identical"], run["differences"], run["notes"]["damage"]) == (0, True, [], [])
    assert (run["reports"], run["notes"]["counts"]["frame"]) == (len(reports), 37)


def test_the_order_in_which_seats_take_turns_does_not_matter(
    detectors: Detectors, play: Callable[[], list[IncidentReport]]
) -> None:
    expected = {report.key: report for report in play() if report.phase != "ended"}
    pipeline = Pipeline(detectors, load_rules())
    turns = [(source, seq) for source in SCENES for seq in range(18)]
    order = sorted(turns, key=lambda turn: (turn[1] + 30 * random.Random(turn[0]).random(), turn[0]))
    found = [
        r for source, seq in order for r in pipeline.analyse(shot(source, seq), Watch(source, START)).reports
    ]
    mine = {report.key: report for report in found if report.phase == "raised"}
    assert mine == {key: report for key, report in expected.items() if key in mine}
    assert {report.code for report in mine.values()} >= {"PHONE", "EXTRA_PERSON"}


def test_a_report_that_was_recorded_otherwise_is_listed(
    play: Callable[[], list[IncidentReport]], replayed: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    play()
    [part] = parts(the_run(tmp_path), 1)
    records = list(read_records(part))
    first = next(n for n, one in enumerate(records) if one.facts.get("reports"))
    records[first].facts["reports"][0]["score"] += 1e-9
    rewrite(part, records)
    code, said = replayed()
    assert (code, "not the same" in said, said.count("    now ")) == (1, True, 1)


def rewrite(part: Path, records: list[Record]) -> None:
    part.write_bytes(MAGIC + b"".join(pack(one) for one in records))


def test_another_frame_is_a_difference(
    play: Callable[[], list[IncidentReport]], replayed: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    play()
    [part] = parts(the_run(tmp_path), 1)
    records = list(read_records(part))
    frames = [n for n, one in enumerate(records) if one.kind is Kind.FRAME]
    records[frames[8]] = replace(records[frames[8]], blob=jpeg("person"))
    rewrite(part, records)
    code, said = replayed()
    assert (code, "source 1, tick" in said or "source 1, frame" in said) == (1, True)


def test_other_weights_cannot_be_replayed_but_rescored(
    play: Callable[[], list[IncidentReport]], replayed: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    play()
    head = the_run(tmp_path) / HEAD_NAME
    told = json.loads(head.read_text())
    name = sorted(told["models"])[0]
    told["models"][name] = "0" * 64
    head.write_text(json.dumps(told))
    code, said = replayed()
    assert (code, name in said, "0" * 64 in said) == (2, True, True)
    code, said = replayed("--rescore")
    assert (code, name in said, "0 new, 0 gone, 0 moved" in said) == (0, True, True)


def test_rescoring_lists_what_another_policy_makes_of_it(
    play: Callable[[], list[IncidentReport]], replayed: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    play()
    text = Path(policies.__file__).with_name("policy.toml").read_text("utf-8")
    strict = tmp_path / "strict.toml"
    strict.write_text(re.sub(r"minimum = [\d.]+", "minimum = 600.0", text), "utf-8")
    code, said = replayed("--rescore", "--policy", str(strict), "--json")
    found = json.loads(said)["comparison"]
    assert (code, found["new"], found["same"], found["moved"]) == (1, [], [], [])
    assert {one["code"] for one in found["gone"]} >= {"PHONE", "EXTRA_PERSON"}
    slower = tmp_path / "slower.toml"
    slower.write_text(text.replace("minimum = 3.0", "minimum = 4.0"), "utf-8")
    code, said = replayed("--rescore", "--policy", str(slower))
    assert (code, "moved  source 1 " in said) == (1, True)


def test_an_altered_policy_a_policy_without_rescoring_and_no_recording_are_refused(
    play: Callable[[], list[IncidentReport]], replayed: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    assert replayed()[0] == 2
    play()
    assert replayed("--policy", "any.toml")[0] == 2
    policy = the_run(tmp_path) / POLICY_NAME
    policy.write_bytes(policy.read_bytes() + b"\n")
    code, said = replayed()
    assert (code, "is not the policy" in said) == (2, True)


def test_a_torn_end_is_told_and_what_is_before_it_is_compared(
    play: Callable[[], list[IncidentReport]], replayed: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    play()
    [part] = parts(the_run(tmp_path), 2)
    os.truncate(part, part.stat().st_size - 5)
    code, said = replayed()
    assert (code, "ends within a record" in said) == (0, True)


def test_damage_within_is_told_and_is_not_called_the_same(
    play: Callable[[], list[IncidentReport]], replayed: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    play()
    [part] = parts(the_run(tmp_path), 2)
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 255
    part.write_bytes(data)
    code, said = replayed()
    assert (code, "is damaged at byte" in said) == (2, True)


def test_a_recording_stops_at_its_quota_and_the_analysis_goes_on(
    *,
    original: Recorded,
    replayed: Callable[..., tuple[int, str]],
    detectors: Detectors,
    models_dir: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    wanted = Wanted(tmp_path / "rec", 300_000)
    with open_pipeline(detectors, load_rules(), Start("0", START, models_dir), wanted) as pipeline:
        assert list(shown(pipeline)) == original.reports
    assert "the recording stops, the analysis goes on: its quota is used up" in caplog.text
    size = sum(path.stat().st_size for path in (tmp_path / "rec").rglob("*") if path.is_file())
    assert 200_000 < size < 302_000
    assert replayed()[0] == 0


def test_nobody_else_may_read_a_recording(original: Recorded) -> None:
    [folder] = find_runs(original.folder)
    modes = [path.stat().st_mode & 0o777 for path in (original.folder, folder, *parts(folder, 1))]
    assert modes == [0o700, 0o700, 0o600]


def test_a_seat_that_comes_from_another_worker_and_goes_again_replays_too(
    detectors: Detectors, models_dir: Path, tmp_path: Path, replayed: Callable[..., tuple[int, str]]
) -> None:
    first = Pipeline(detectors, load_rules())
    for seq in range(12):
        first.analyse(shot(1, seq), Watch(1, START))
    left = first.left(1)
    assert [episode.code for episode in left.episodes if episode.raised] == ["PHONE"]
    wanted = Wanted(tmp_path / "rec", 2**30)
    with open_pipeline(detectors, load_rules(), Start("0", START, models_dir), wanted) as second:
        second.adopt(1, left)
        reports = [r for seq in range(12, 18) for r in second.analyse(shot(1, seq), Watch(1, START)).reports]
        reports += second.tick(Watch(1, START), NOTHING, START + 60)
        second.drop(1)
        second.analyse(shot(1, 4), Watch(1, START))
    assert ("PHONE", "ended") in {(report.code, report.phase) for report in reports}
    assert replayed()[0] == 0


def test_every_call_that_changes_a_pipeline_is_recorded() -> None:
    readers = {"sources", "is_suspicious", "left"}
    changing = {name for name in vars(Pipeline) if not name.startswith("_")} - readers
    assert changing == {name for name in vars(RecordedPipeline) if not name.startswith("_")}


@pytest.fixture
def in_parts(detectors: Detectors, models_dir: Path, tmp_path: Path) -> list[Path]:
    """The files of seat 1 of a recording whose files hold 200 kB each."""
    folder = begin_run(tmp_path / "rec", Start("0", START, models_dir))
    logbook = Logbook(folder, Room(tmp_path / "rec", 2**30), part_bytes=200_000)
    list(shown(RecordedPipeline(detectors, load_rules(), (), logbook)))
    logbook.close()
    return parts(folder, 1)


def test_a_recording_in_several_files_replays_as_one(
    in_parts: list[Path], replayed: Callable[..., tuple[int, str]]
) -> None:
    assert len(in_parts) >= 3
    assert all(part.stat().st_size <= 200_100 for part in in_parts)
    code, said = replayed()
    assert (code, "the same, byte for byte: 37 frames of 2 sources" in said) == (0, True)


@pytest.mark.parametrize("lost", [0, 1])
def test_a_file_that_is_missing_before_another_is_damage(
    in_parts: list[Path], replayed: Callable[..., tuple[int, str]], lost: int
) -> None:
    in_parts[lost].unlink()
    code, said = replayed()
    assert (code, f"a file before {in_parts[lost + 1].name} is missing" in said) == (2, True)


def test_one_source_can_be_replayed_alone(
    play: Callable[[], list[IncidentReport]], replayed: Callable[..., tuple[int, str]]
) -> None:
    play()
    assert "18 frames of 1 sources" in replayed("--source", "2")[1]
    assert replayed("--source", "99")[0] == 2
