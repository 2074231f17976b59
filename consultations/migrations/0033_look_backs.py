import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0032_supervision"),
    ]

    operations = [
        migrations.CreateModel(
            name="LookBack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("on_plan", "On plan"),
                            ("slipped", "Slipped, with a new date"),
                            ("solved", "Solved, to be verified"),
                            ("given_up", "Given up"),
                            ("holds", "Still solved"),
                            ("relapsed", "The problem came back"),
                        ],
                        max_length=8,
                        verbose_name="outcome",
                    ),
                ),
                ("finding", models.CharField(max_length=500, verbose_name="what was found")),
                ("due_on", models.DateField(null=True, verbose_name="look-back was due")),
                (
                    "looked_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="looked back"
                    ),
                ),
                ("promise_before", models.DateField(null=True, verbose_name="promised before")),
                ("promise_on", models.DateField(null=True, verbose_name="newly promised for")),
                (
                    "opened_round",
                    models.PositiveSmallIntegerField(null=True, verbose_name="round it opened"),
                ),
            ],
            options={
                "verbose_name": "look-back",
                "verbose_name_plural": "look-backs",
                "ordering": ["case", "pk"],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="asleep_since",
            field=models.DateField(
                editable=False, null=True, verbose_name="nothing on record since"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="look_back_on",
            field=models.DateField(editable=False, null=True, verbose_name="look back on"),
        ),
        migrations.AddField(
            model_name="case",
            name="relapses",
            field=models.PositiveSmallIntegerField(
                default=0, editable=False, verbose_name="times relapsed"
            ),
        ),
        migrations.AddField(
            model_name="historicalcase",
            name="asleep_since",
            field=models.DateField(
                editable=False, null=True, verbose_name="nothing on record since"
            ),
        ),
        migrations.AddField(
            model_name="historicalcase",
            name="look_back_on",
            field=models.DateField(editable=False, null=True, verbose_name="look back on"),
        ),
        migrations.AddField(
            model_name="historicalcase",
            name="relapses",
            field=models.PositiveSmallIntegerField(
                default=0, editable=False, verbose_name="times relapsed"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("county_code"),
                models.F("look_back_on"),
                condition=models.Q(("look_back_on__isnull", False)),
                name="case_look_back",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("county_code"),
                models.F("asleep_since"),
                condition=models.Q(("asleep_since__isnull", False)),
                name="case_asleep",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.OrderBy(models.F("listed_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("is_public", True), ("relapses__gt", 0)),
                name="case_public_relapsed",
            ),
        ),
        migrations.AddField(
            model_name="lookback",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="look_backs",
                to="consultations.case",
                verbose_name="case",
            ),
        ),
        migrations.AddField(
            model_name="lookback",
            name="looked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recorded by",
            ),
        ),
        migrations.AddField(
            model_name="lookback",
            name="task",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="look_backs",
                to="consultations.task",
                verbose_name="task",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome__in", ("on_plan", "slipped", "solved", "given_up")),
                        ("task__isnull", False),
                    ),
                    models.Q(("outcome__in", ("holds", "relapsed")), ("task__isnull", True)),
                    _connector="OR",
                ),
                name="look_back_fits_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookback",
            constraint=models.CheckConstraint(
                condition=models.Q(("finding", ""), _negated=True), name="look_back_has_finding"
            ),
        ),
        migrations.AddConstraint(
            model_name="lookback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "slipped"), _negated=True),
                    ("promise_on__gt", models.F("promise_before")),
                    _connector="OR",
                ),
                name="look_back_slip_is_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "relapsed"), _negated=True),
                    ("opened_round__isnull", False),
                    _connector="OR",
                ),
                name="look_back_relapse_opens_round",
            ),
        ),
    ]
