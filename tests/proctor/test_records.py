"""Records are read back as they were written, up to where a file stops being whole."""

from pathlib import Path

import pytest

from proctor.records import HEAD, LONGEST, MAGIC, Kind, Record, Torn, pack, read_records

FRAME = Record(Kind.FRAME, {"seq": 7, "received_at": 1_795_000_000.123}, b"\xff\xd8 \n {\x00}\xff\xd9")
OUTCOME = Record(Kind.OUTCOME, {"reports": []})


def written(folder: Path, data: bytes) -> Path:
    path = folder / "7-00000.rec"
    path.write_bytes(data)
    return path


def read(path: Path) -> tuple[list[Record], Torn | None]:
    found = []
    try:
        for record in read_records(path):
            found.append(record)
    except Torn as torn:
        return found, torn
    return found, None


def test_records_come_back_with_facts_and_bytes(tmp_path: Path) -> None:
    path = written(tmp_path, MAGIC + pack(FRAME) + pack(OUTCOME))
    assert read(path) == ([FRAME, OUTCOME], None)


@pytest.mark.parametrize("left", [1, HEAD.size - 1, HEAD.size, HEAD.size + 1, len(pack(FRAME)) - 1])
def test_a_file_cut_within_a_record_is_read_up_to_it_and_says_so(tmp_path: Path, left: int) -> None:
    path = written(tmp_path, MAGIC + pack(OUTCOME) + pack(FRAME)[:left])
    found, torn = read(path)
    assert (found, torn is not None and torn.cut) == ([OUTCOME], True)
    assert f"{left} bytes" in str(torn)


@pytest.mark.parametrize("at", [8, HEAD.size, len(pack(FRAME)) - 1])
def test_a_changed_byte_is_damage_and_nothing_behind_it_is_read(tmp_path: Path, at: int) -> None:
    data = bytearray(MAGIC + pack(FRAME) + pack(OUTCOME))
    data[len(MAGIC) + at] ^= 1
    found, torn = read(written(tmp_path, bytes(data)))
    assert (found, torn is not None and torn.cut) == ([], False)


def test_a_length_beyond_all_sense_is_damage_and_takes_no_memory(tmp_path: Path) -> None:
    data = MAGIC + HEAD.pack(LONGEST + 1, 0, Kind.FRAME) + b"x" * 100
    _, torn = read(written(tmp_path, data))
    assert torn is not None
    assert not torn.cut


def test_another_file_is_damage_and_one_that_was_just_begun_is_cut(tmp_path: Path) -> None:
    _, foreign = read(written(tmp_path, b"GIF89a.." * 20))
    _, begun = read(written(tmp_path, MAGIC[:3]))
    assert foreign is not None
    assert begun is not None
    assert (foreign.cut, begun.cut) == (False, True)
