"""Indexes in the order of the staff lists and of the desk."""

from django.db import migrations, models
from django.db.models import F, Q

# The province's scope is an expression (`selectors.cases`); without figures of its own the planner
# takes it for one row in two hundred.
STATISTICS = """
    CREATE STATISTICS case_province ON (left(prefecture_code, 2)) FROM consultations_case
"""


def make_statistics(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(STATISTICS)


def drop_statistics(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP STATISTICS case_province")


class Migration(migrations.Migration):
    dependencies = [("consultations", "0003_loaded_file")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                F("prefecture_code"),
                F("listed_at").desc(),
                F("id").desc(),
                name="case_prefecture_listed",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                F("stage"), F("listed_at").desc(), F("id").desc(), name="case_stage_listed"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                F("stage_due_on"),
                F("id"),
                condition=Q(stage_due_on__isnull=False),
                name="case_due",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                F("due_on"),
                F("id"),
                condition=Q(state__in=("dispatched", "return_requested", "handling")),
                name="task_running_due",
            ),
        ),
        migrations.RunPython(make_statistics, drop_statistics),
    ]
