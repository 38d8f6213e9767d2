"""Papers are sealed: the columns stay, what stands in them may be an envelope."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("itembank", "0002_items"),
    ]

    operations = [
        migrations.AlterField("paper", "content", models.JSONField(db_column="content")),
        migrations.RenameField("paper", "content", "body"),
        migrations.AlterField("paperkey", "keys", models.JSONField(db_column="keys")),
        migrations.RenameField("paperkey", "keys", "body"),
        migrations.AddField("paper", "outline", models.JSONField(default=dict)),
        migrations.CreateModel(
            name="PaperSeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("secret", models.JSONField()),
                ("sealed_at", models.DateTimeField()),
                ("paper", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="seal", to="itembank.paper")),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="PaperOpening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("secret", models.CharField(max_length=64)),
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=120)),
                ("paper", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="opening", to="itembank.paper")),
            ],
            options={"abstract": False},
        ),
    ]
