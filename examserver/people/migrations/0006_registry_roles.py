"""The roles of the registry may be granted."""

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
    "clerk",
    "finance",
    "scheduler",
    "institution",
    "supervisor",
)


class Migration(migrations.Migration):
    dependencies = [("people", "0005_no_plain_numbers")]

    operations = [
        migrations.AlterField(
            model_name="rolegrant",
            name="role",
            field=models.CharField(choices=[(role, role) for role in ROLES], max_length=24),
        ),
    ]
