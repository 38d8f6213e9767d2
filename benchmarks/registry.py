"""Server time of the work lists with 100,000 applications in PostgreSQL, and of seating 2,000 people.

`python -m benchmarks.registry [REPS]` starts a PostgreSQL of its own and prints a table: for each page the number of
queries and the median of its server time with a thousand and with all applications, beside the bare SELECT of a list's
rows in the same run. Pages are asked through every middleware, without a socket.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from tests.support.postgres import Cluster

FEW, MANY = 1_000, 100_000
AT_ONCE = 5_000
SEATED, GROUPS, ROOM = 2_000, 40, 40
NOW = datetime(2026, 3, 1, tzinfo=UTC)
PASSWORD = "!"


@contextmanager
def database() -> Iterator[None]:
    """A migrated PostgreSQL that the settings name, for as long as it is needed."""
    cluster = Cluster.start()
    with tempfile.TemporaryDirectory(prefix="examserver-bench-") as folder:
        os.environ["EXAMSERVER_DATABASE"] = cluster.url("postgres")
        os.environ["EXAMSERVER_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "examserver.settings")
        try:
            import django
            from django.core.management import call_command

            django.setup()
            call_command("migrate", verbosity=0)
            yield
        finally:
            cluster.stop()


def prepare() -> dict[str, Any]:
    """The notice, an institution, and a signed-in browser for each kind of reader."""
    from django.test import Client

    from examserver.kernel.access import SYSTEM, Role
    from examserver.people.models import RoleGrant, Staff
    from examserver.registration.catalogue.reading import shipped
    from examserver.registration.models import Institution, InstitutionMember
    from examserver.registration.services.catalogue import Publication, add_catalogue_version

    publication = Publication(date(2026, 1, 15), "公告", "Notice")
    loaded = datetime(2026, 1, 15, tzinfo=UTC)
    add_catalogue_version(file=shipped(2026), publication=publication, actor=SYSTEM, now=loaded)
    browsers = {}
    for role in (Role.CLERK, Role.SCHEDULER, Role.INSTITUTION):
        staff = Staff.objects.create(username=role.value, display_name=role.value, password=PASSWORD)
        RoleGrant.objects.create(staff=staff, role=role)
        browsers[role.value] = Client(SERVER_NAME="127.0.0.1")
        browsers[role.value].force_login(staff)
    school = Institution.objects.create(code="S1", name="学校")
    InstitutionMember.objects.create(institution=school, staff_id=staff.pk)
    return browsers


def fill(first: int, last: int) -> None:
    """Applications `first` to `last`: every state, five offerings, every fiftieth the school's, months in batches."""
    from examserver.registration.applications.states import ApplicationState, Channel, EntryChannel
    from examserver.registration.models import Application, Batch, Institution, Offering

    offerings, states = list(Offering.objects.all()), list(ApplicationState)
    school = Institution.objects.get(code="S1")
    batches = [
        Batch.objects.get_or_create(
            scope=one.code, month=date(2026, month, 1), defaults={"catalogue_version": "2026-1"}
        )[0]
        for one in offerings
        for month in range(2, 12)
    ]
    for start in range(first, last, AT_ONCE):
        rows = []
        for n in range(start, min(start + AT_ONCE, last)):
            own = n % 50 == 0
            row = Application(
                offering=offerings[n % len(offerings)],
                channel=Channel.GROUP if own else Channel.INDIVIDUAL,
                entry_channel=EntryChannel.FILE if own else EntryChannel.ONLINE,
                institution=school if own else None,
                external_reference=f"HR-{n}" if own else "",
                name=f"考生{n}",
                catalogue_version="2026-1",
                state=states[n % len(states)],
                created_at=NOW,
                submitted_at=NOW,
                batch=batches[n % len(batches)],
                queue_number=n,
            )
            row.id_number = f"99{n:016d}"
            rows.append(row)
        Application.objects.bulk_create(rows)


PAGES = (
    ("clerk", "/applications/"),
    ("clerk", "/applications/?state=SUBMITTED"),
    ("clerk", "/applications/?state=SUBMITTED&after=500"),
    ("clerk", f"/applications/?q=99{700:016d}"),
    ("clerk", "/applications/?q=考生700"),
    ("institution", "/applications/"),
    ("scheduler", "/office/batches/"),
    ("scheduler", "/office/planning/"),
)


def asked(browsers: dict[str, Any], who: str, page: str) -> Callable[[], None]:
    """Ask for the page once; an answer that is not a page ends the run."""

    def ask() -> None:
        answer = browsers[who].get(page)
        if answer.status_code != 200:
            raise RuntimeError(f"{who} {page}: {answer.status_code}")

    return ask


def bare() -> None:
    """The rows of a list, as PostgreSQL alone gives them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM registration_application WHERE state = 'SUBMITTED' ORDER BY id LIMIT 51"
        )
        cursor.fetchall()


def milliseconds(work: Callable[[], object]) -> float:
    """How long it took once."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def measured(browsers: dict[str, Any], reps: int) -> dict[str, tuple[int, float]]:
    """Queries and median milliseconds of each page; `bare` is taken in turn with the pages."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    works = {f"{who} {page}": asked(browsers, who, page) for who, page in PAGES} | {"bare SELECT": bare}
    queries = {}
    for name, work in works.items():
        work()  # templates are compiled, plans are cached
        with CaptureQueriesContext(
            connection,
        ) as captured:
            work()
        queries[name] = len(captured)
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(reps):
        for name, work in works.items():
            taken[name].append(milliseconds(work))
    return {name: (queries[name], statistics.median(taken[name])) for name in works}


def seating(reps: int) -> float:
    """Median seconds in which 2,000 people of 40 institutions are given seats in 50 rooms."""
    from examserver.delivery.planning.allotment import Person, Place, allot

    people = [Person(n, f"S{n % GROUPS}") for n in range(SEATED)]
    places = [Place(n, f"R{n // ROOM:03d}", n % ROOM // 8, n % 8) for n in range(SEATED)]
    return statistics.median(milliseconds(lambda: allot(people, places, 1)) / 1000 for _ in range(reps))


def run(reps: int) -> str:
    """The table, from a process of its own: the settings of this one may name another database."""
    command = [sys.executable, "-m", "benchmarks.registry", str(reps)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main() -> None:
    """Fill, measure, fill up, measure again, print."""
    from django.db import connection

    reps = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with database():
        browsers = prepare()
        fill(1, FEW + 1)
        few = measured(browsers, reps)
        fill(FEW + 1, MANY + 1)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        many = measured(browsers, reps)
        print(
            f"| page | queries at {FEW:,} | at {MANY:,} | ms at {FEW:,} | at {MANY:,} |\n|---|---|---|---|---|"
        )
        for name, (queries, ms) in few.items():
            print(f"| {name} | {queries} | {many[name][0]} | {ms:.1f} | {many[name][1]:.1f} |")
        print(f"\n{SEATED:,} people seated in {seating(3):.2f} s")


if __name__ == "__main__":
    main()
