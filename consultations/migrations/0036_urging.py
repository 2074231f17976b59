import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0018_empty_phrases"),
        ("consultations", "0035_reply_flags"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicaltask",
            name="term",
            field=models.PositiveSmallIntegerField(
                default=1, editable=False, verbose_name="number of the time limit"
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="term",
            field=models.PositiveSmallIntegerField(
                default=1, editable=False, verbose_name="number of the time limit"
            ),
        ),
        migrations.CreateModel(
            name="Overdue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="overdue_dates",
                        to="consultations.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="overdue_dates",
                        to="consultations.task",
                        verbose_name="task",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="committees.handlingunit",
                        verbose_name="handling unit",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("task", "answer of the unit"),
                            ("verify", "check of the answer"),
                            ("topic", "decision on the topic"),
                            ("party", "decision of the Party committee"),
                            ("filing", "filing"),
                        ],
                        max_length=6,
                        verbose_name="what was due",
                    ),
                ),
                (
                    "term",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="number of the time limit"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due")),
                ("since", models.DateField(verbose_name="overdue since")),
                (
                    "written_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="written"),
                ),
            ],
            options={
                "verbose_name": "passed date",
                "verbose_name_plural": "passed dates",
                "ordering": ["case", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("task__isnull", False)),
                        fields=("task", "kind", "term"),
                        name="overdue_once_per_term",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("task__isnull", True)),
                        fields=("case", "kind", "due_on"),
                        name="overdue_once_per_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("since__gt", models.F("due_on"))),
                        name="overdue_after_due",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Urging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="urgings",
                        to="consultations.task",
                        verbose_name="task",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="urgings",
                        to="committees.handlingunit",
                        verbose_name="handling unit",
                    ),
                ),
                (
                    "rung",
                    models.CharField(
                        choices=[
                            ("note", "Note before the due date"),
                            ("quiet", "Question after the progress"),
                            ("reminder", "Reminder"),
                            ("slip", "Follow-up slip"),
                            ("leader", "Follow-up slip to the leader in charge"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("blue", "blue"), ("yellow", "yellow"), ("red", "red")],
                        max_length=6,
                        verbose_name="colour",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="round")),
                (
                    "spell",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="units before this one"
                    ),
                ),
                (
                    "term",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="number of the time limit"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due")),
                ("raised_on", models.DateField(verbose_name="raised")),
                (
                    "written_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="written"),
                ),
                (
                    "number",
                    models.CharField(blank=True, max_length=60, verbose_name="document number"),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="words added")),
                ("sent_on", models.DateField(null=True, verbose_name="sent")),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
                ("answer_due_on", models.DateField(null=True, verbose_name="answer due")),
                ("dropped_on", models.DateField(null=True, verbose_name="dropped")),
                (
                    "dropped_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dropped by",
                    ),
                ),
                (
                    "drop_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="why dropped"),
                ),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="answer")),
                ("expected_on", models.DateField(null=True, verbose_name="reply expected by")),
                ("answered_on", models.DateField(null=True, verbose_name="answered")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "paper_note",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="entered on behalf, from"
                    ),
                ),
            ],
            options={
                "verbose_name": "follow-up slip or reminder",
                "verbose_name_plural": "follow-up slips and reminders",
                "ordering": ["task", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("task", "term", "rung"), name="urging_once_per_rung"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("number",),
                        name="urging_unique_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), ("sent_on__isnull", True)),
                            models.Q(
                                ("sent_on__isnull", False), models.Q(("number", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="urging_sent_has_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("drop_reason", ""), ("dropped_on__isnull", True)),
                            models.Q(
                                ("dropped_on__isnull", False),
                                ("sent_on__isnull", True),
                                models.Q(("drop_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="urging_drop_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_on__isnull", True),
                            models.Q(("expected_on__isnull", False), ("sent_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="urging_answer_to_what_was_sent",
                    ),
                ],
                "indexes": [
                    models.Index(
                        models.F("raised_on"),
                        models.F("id"),
                        condition=models.Q(("dropped_on__isnull", True), ("sent_on__isnull", True)),
                        name="urging_draft",
                    ),
                    models.Index(
                        models.F("unit"),
                        models.F("sent_on"),
                        models.F("id"),
                        name="urging_unit_sent",
                    ),
                ],
            },
        ),
    ]
