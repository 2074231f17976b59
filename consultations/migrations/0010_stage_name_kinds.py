"""A local name may stand for a stage of a case, the public's word for it, or a state of a task.

Within one place a name means one stage: a second row with the same name goes, and its stage has
its usual name again.
"""

from django.db import migrations, models

CASE = [
    "draft", "proposed", "deferred", "approved", "research", "scheduled", "deliberated",
    "no_consensus", "party_review", "filing", "handling", "supervision", "rating", "closed",
    "rejected", "merged", "referred", "withdrawn", "terminated",
]  # fmt: skip
TASK = [
    "drafted", "dispatched", "return_requested", "handling", "suspended", "replied", "answered",
    "verified", "tracked", "explained", "cancelled",
]  # fmt: skip
PUBLIC = [
    "collecting", "approved", "consulting", "handling", "follow_up", "done", "not_adopted",
    "referred",
]  # fmt: skip
KINDS = [
    ("case", "Stage of a case, for staff"),
    ("task", "State of a task, for staff and the public"),
    ("public", "Stage of a case, for the public"),
]


def keep_the_first_of_each_name(apps, schema_editor):
    names = apps.get_model("consultations", "StageName").objects.order_by("region", "name", "pk")
    before = None
    for row in names:
        if (row.region_id, row.name) == before:
            row.delete()
        before = (row.region_id, row.name)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0009_reason_text_subject")]

    operations = [
        migrations.RunPython(keep_the_first_of_each_name, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name="stagename",
            options={
                "ordering": ["region", "kind", "stage"],
                "verbose_name": "local stage name",
                "verbose_name_plural": "local stage names",
            },
        ),
        migrations.RemoveConstraint(model_name="stagename", name="stage_name_unique"),
        migrations.AddField(
            model_name="stagename",
            name="kind",
            field=models.CharField(
                choices=KINDS, default="case", max_length=6, verbose_name="kind"
            ),
        ),
        migrations.AlterField(
            model_name="stagename",
            name="stage",
            field=models.CharField(max_length=16, verbose_name="stage"),
        ),
        migrations.AddConstraint(
            model_name="stagename",
            constraint=models.UniqueConstraint(
                fields=("region", "kind", "stage"),
                name="stage_name_unique",
                violation_error_message="This stage has a name here already; change that one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stagename",
            constraint=models.UniqueConstraint(
                fields=("region", "kind", "name"),
                name="stage_name_means_one",
                violation_error_message="Another stage has this name here.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stagename",
            constraint=models.CheckConstraint(
                condition=models.Q(kind="case", stage__in=CASE)
                | models.Q(kind="task", stage__in=TASK)
                | models.Q(kind="public", stage__in=PUBLIC),
                name="stage_name_of_a_stage",
            ),
        ),
    ]
