"""The plain ID number goes; on the way back, its column is filled by the migration before."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0004_seal_numbers"),
    ]

    operations = [
        migrations.RemoveField("candidate", "id_number"),
        migrations.AddConstraint(
            "candidate", models.UniqueConstraint(fields=["id_digest"], name="one_candidate_a_number")
        ),
    ]
