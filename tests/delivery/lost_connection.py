"""`python -m tests.delivery.lost_connection`: PostgreSQL drops the writer's connection between answers."""

import asyncio
import sys

from tests.delivery.running import fill


def drop_own_connection() -> None:
    """As a restart of the database does, seen from here."""
    from django.db import DatabaseError, connection

    with connection.cursor() as cursor:
        try:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        except DatabaseError:
            return


async def answer_twice(sitting: int) -> list[str]:
    """Two answers through one writer, the connection of its thread dropped in between."""
    from examserver.delivery.services.responses import Submitted, store_responses
    from examserver.delivery.writer import GroupWriter
    from examserver.kernel import clock

    writer, told = GroupWriter(store_responses), []
    for seq in (1, 2, 3):
        future = asyncio.get_running_loop().create_future()
        writer.submit(Submitted(sitting, "SC-1", seq, '["A"]', False, clock.now()), future.set_result)
        stored = await future
        told.append(stored.verdict.value if stored else "busy")
        await asyncio.get_running_loop().run_in_executor(writer._thread, drop_own_connection)
    return told


def main() -> None:
    """Print what became of the answers."""
    import django

    django.setup()
    sitting = fill("theory")[0].sitting
    sys.stdout.write(" ".join(asyncio.run(answer_twice(sitting))))


if __name__ == "__main__":
    main()
