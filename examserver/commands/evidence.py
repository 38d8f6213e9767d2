"""`examserver evidence`: how much room it takes, whether it holds, and what is to be deleted when."""

import argparse
import sys
import zipfile
from collections import Counter
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with evidence."""
    chosen = parser.add_subparsers(dest="what", required=True)
    chosen.add_parser("status", help="room taken and left, and what is gone")
    verify = chosen.add_parser("verify", help="compare pictures with the audit chain")
    verify.add_argument(
        "record", nargs="?", type=Path, help="an exported zip or its folder; none: all of the house"
    )
    retention = chosen.add_parser("retention", help="what the rules of retention say, and what is due")
    retention.add_argument("--delete", action="store_true", help="delete what is due now")


def run(options: argparse.Namespace) -> int:
    """Do it; 1 where something does not hold."""
    import django

    django.setup()
    if options.what == "status":
        return _status()
    if options.what == "retention":
        return _retention(delete=options.delete)
    return _verify_house() if options.record is None else _verify(options.record)


def _status() -> int:
    from examserver.invigilation.services.shedding import counts, room

    space = room()
    for name in ("quota", "used", "free", "floor", "left"):
        print(f"{name:8} {getattr(space, name) / 1e6:12,.1f} MB")
    for one in counts():
        print(f"{one.kind:8} {one.gone or 'here':8} {one.pieces:8}")
    return 0


def _verify(path: Path) -> int:
    """An exported record, without the house's database."""
    from examserver.invigilation.proof import BadRecord, faults, read_record

    try:
        files = _unpacked(path)
        record = read_record(files.pop("record.json", b""))
    except (OSError, zipfile.BadZipFile, BadRecord) as error:
        print(f"{path} is not a record of an incident: {error}", file=sys.stderr)
        return 2
    found = faults(record, files)
    for line in found:
        print(line)
    print(
        f"{record.incident} {record.code}: {len(record.evidence)} pictures, {len(record.chain)} entries, "
        f"chain ends with {record.chain[-1].hash if record.chain else 'nothing'}"
    )
    print("DOES NOT HOLD" if found else "holds")
    return 1 if found else 0


def _unpacked(path: Path) -> dict[str, bytes]:
    if path.is_dir():
        return {one.name: one.read_bytes() for one in path.iterdir() if one.is_file()}
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _verify_house() -> int:
    """Every incident with evidence, against the files and the chain of this house."""
    from examserver.invigilation.services.exporting import check_house
    from examserver.kernel import clock

    bad = count = 0
    for checked in check_house(clock.now()):
        count, bad = count + 1, bad + bool(checked.faults)
        for line in checked.faults:
            print(f"incident {checked.incident}: {line}")
    print(f"{count} incidents with evidence, {bad} do not hold")
    return 1 if bad else 0


def _retention(*, delete: bool) -> int:
    from examserver.invigilation.retention_facts import kept_evidence
    from examserver.invigilation.services.retention import days, delete_expired
    from examserver.kernel import clock

    now = clock.now()
    rules: Counter[str] = Counter()
    due = 0
    for kept in kept_evidence(days()):
        rules[kept.keeping.rule] += 1
        if kept.keeping.is_over(now):
            due += 1
            print(f"due: incident {kept.incident.pk} {kept.incident.code} ({kept.keeping.rule})")
    for rule, count in sorted(rules.items()):
        print(f"{rule:12} {count:8}")
    if not delete:
        print(f"{due} incidents are due; --delete deletes their pictures now")
        return 0
    turn = delete_expired(now=now)
    print(f"{turn.deleted} deleted, {turn.failed} failed")
    return 1 if turn.failed else 0
