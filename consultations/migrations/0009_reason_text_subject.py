"""A reason text says whether it is offered for a step of a case or of a task.

`cancel` and `reopen` are steps of both: such a text goes where its title says; one that does not
say was offered in both places until now, and still is, as two rows.
"""

from django.db import migrations, models

OF_TASKS = (
    "sign_for", "request_return", "reassign", "keep", "report_progress", "request_extension",
    "grant_extension", "refuse_extension", "suspend", "resume", "reply", "return_reply",
    "accept_reply", "give_opinion", "verify_true", "verify_false", "look_back",
)  # fmt: skip
OF_BOTH = ("cancel", "reopen")
FILES_OWN = range(900_001, 1_000_000)  # rows of the reference files, which bring both themselves


def tell_tasks_from_cases(apps, schema_editor):
    texts = apps.get_model("consultations", "ReasonText").objects
    texts.filter(action__in=OF_TASKS).update(subject="task")
    both = texts.filter(action__in=OF_BOTH)
    both.filter(title__startswith="任务").update(subject="task")
    unsaid = both.filter(subject="case").exclude(title__startswith="会议")
    for text in unsaid.order_by("pk"):
        if text.pk not in FILES_OWN:
            text.pk, text.subject = None, "task"
            text.save(force_insert=True)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0008_what_reports_leave_open")]

    operations = [
        migrations.AddField(
            model_name="reasontext",
            name="subject",
            field=models.CharField(
                choices=[("case", "step of a case"), ("task", "step of a task")],
                default="case",
                max_length=4,
                verbose_name="offered for",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(tell_tasks_from_cases, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="reasontext",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject__in", ("case", "task"))),
                name="reason_text_known_subject",
            ),
        ),
        migrations.AlterModelOptions(
            name="reasontext",
            options={
                "ordering": ["subject", "action", "order", "pk"],
                "verbose_name": "reason text",
                "verbose_name_plural": "reason texts",
            },
        ),
    ]
