"""Two columns for the sealed ID number and its digest, empty at first."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0002_bank_roles"),
    ]

    operations = [
        # On the way back the column is empty for everybody until it is filled, so it is unique only before this.
        migrations.AlterField("candidate", "id_number", models.CharField(default="", max_length=18)),
        migrations.AddField("candidate", "id_sealed", models.CharField(blank=True, default="", max_length=160), False),
        migrations.AddField("candidate", "id_digest", models.CharField(blank=True, default="", max_length=64), False),
    ]
