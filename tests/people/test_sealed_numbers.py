"""ID numbers in the database: sealed, found only by the whole of them, and the same after moving to and fro."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from examserver.people.models import Candidate
from examserver.people.numbers import number_digest
from examserver.people.sealing import BadNumberSeal, PersonKeyLost, digest_of, open_number, seal_number
from examserver.people.services import add_candidate

NUMBER, OTHER = "11010519491231002X", "310115200402290012"
KEY = "a key of the venue"


def test_a_number_comes_back_and_is_sealed_otherwise_each_time() -> None:
    first, second = seal_number(NUMBER, KEY), seal_number(NUMBER, KEY)
    assert first != second
    assert NUMBER not in first
    assert open_number(first, digest_of(NUMBER, KEY), KEY) == NUMBER


def test_a_number_is_refused_in_another_persons_row() -> None:
    with pytest.raises(BadNumberSeal):
        open_number(seal_number(NUMBER, KEY), digest_of(OTHER, KEY), KEY)


def test_a_changed_number_is_refused() -> None:
    sealed = seal_number(NUMBER, KEY)
    changed = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]
    with pytest.raises(BadNumberSeal):
        open_number(changed, digest_of(NUMBER, KEY), KEY)


def test_another_key_says_whose_number_it_is_not() -> None:
    with pytest.raises(PersonKeyLost, match="EXAMSERVER_PERSON_KEY"):
        open_number(seal_number(NUMBER, KEY), digest_of(NUMBER, KEY), "another")


def test_a_digest_is_of_its_key_and_of_the_whole_number() -> None:
    assert len({digest_of(NUMBER, KEY), digest_of(NUMBER, "another"), digest_of(NUMBER[:-1], KEY)}) == 3


@pytest.mark.django_db
def test_the_table_holds_no_plain_number() -> None:
    made = add_candidate(name="张三", id_number="11010519491231002x")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_candidate")
        assert NUMBER not in str(cursor.fetchall())
    found = Candidate.objects.get(id_digest=number_digest(" 11010519491231002ｘ"))
    assert (found.pk, found.id_number) == (made.pk, NUMBER)


@pytest.mark.django_db
def test_a_number_belongs_to_one_candidate() -> None:
    add_candidate(name="张三", id_number=NUMBER)
    with pytest.raises(IntegrityError), transaction.atomic():
        add_candidate(name="李四", id_number=NUMBER)


def migrated(name: str) -> Any:
    """The tables of people as after the migration `name`, and its candidates."""
    executor = MigrationExecutor(connection)
    executor.migrate([("people", name)])
    return executor.loader.project_state(("people", name)).apps.get_model("people", "Candidate")


@pytest.mark.django_db(transaction=True)
def test_stored_numbers_are_sealed_by_the_migration_and_come_back() -> None:
    try:
        old = migrated("0002_bank_roles")
        old.objects.create(name="张三", id_number=NUMBER)
        old.objects.create(name="李四", id_number=OTHER)
        migrated("0005_no_plain_numbers")
        assert [one.id_number for one in Candidate.objects.order_by("pk")] == [NUMBER, OTHER]
        old = migrated("0002_bank_roles")
        assert list(old.objects.order_by("pk").values_list("id_number", flat=True)) == [NUMBER, OTHER]
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
