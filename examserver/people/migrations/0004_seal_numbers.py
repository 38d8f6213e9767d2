"""Seals the ID number of everybody; and back. Apart from the columns: PostgreSQL wants data and tables changed apart."""

from django.conf import settings
from django.db import migrations

from examserver.people.sealing import digest_of, open_number, seal_number

BATCH = 500


def seal(apps, schema_editor):
    people = apps.get_model("people", "Candidate")
    changed = []
    for person in people.objects.iterator(BATCH):
        person.id_digest = digest_of(person.id_number, settings.PERSON_KEY)
        person.id_sealed = seal_number(person.id_number, settings.PERSON_KEY)
        changed.append(person)
    people.objects.bulk_update(changed, ["id_digest", "id_sealed"], BATCH)


def unseal(apps, schema_editor):
    people = apps.get_model("people", "Candidate")
    changed = []
    for person in people.objects.iterator(BATCH):
        person.id_number = open_number(person.id_sealed, person.id_digest, settings.PERSON_KEY)
        changed.append(person)
    people.objects.bulk_update(changed, ["id_number"], BATCH)


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0003_sealed_numbers"),
    ]

    operations = [
        migrations.RunPython(seal, unseal),
    ]
