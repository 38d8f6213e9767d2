"""The roles of the item bank may be granted."""

from django.db import migrations, models

ROLES = (
    "candidate",
    "invigilator",
    "chief_invigilator",
    "grader",
    "grading_lead",
    "officer",
    "admin",
    "item_author",
    "item_reviewer",
    "paper_custodian",
)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="rolegrant",
            name="role",
            field=models.CharField(choices=[(role, role) for role in ROLES], max_length=24),
        ),
    ]
