import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0017_seat_ended_reason"),
        ("consultations", "0031_answer_reason_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeySupervision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("leader", models.CharField(max_length=60, verbose_name="leader")),
                ("aim", models.CharField(max_length=300, verbose_name="what is followed")),
                (
                    "began_on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="since"),
                ),
                ("ended_on", models.DateField(null=True, verbose_name="until")),
                (
                    "result",
                    models.CharField(blank=True, max_length=300, verbose_name="what came of it"),
                ),
            ],
            options={
                "verbose_name": "key supervision",
                "verbose_name_plural": "key supervisions",
                "ordering": ["case", "pk"],
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="carried_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="carried_to",
                to="consultations.statement",
                verbose_name="left open at an earlier meeting",
            ),
        ),
        migrations.AddField(
            model_name="conversion",
            name="accepted_on",
            field=models.DateField(blank=True, null=True, verbose_name="decided"),
        ),
        migrations.AddField(
            model_name="conversion",
            name="answered_on",
            field=models.DateField(blank=True, null=True, verbose_name="answered"),
        ),
        migrations.AddField(
            model_name="conversion",
            name="body",
            field=models.TextField(blank=True, max_length=4000, verbose_name="text"),
        ),
        migrations.AddField(
            model_name="conversion",
            name="filed_on",
            field=models.DateField(blank=True, null=True, verbose_name="filed"),
        ),
        migrations.AddField(
            model_name="conversion",
            name="number",
            field=models.CharField(
                blank=True, max_length=60, verbose_name="number under which it was filed"
            ),
        ),
        migrations.AddField(
            model_name="conversion",
            name="sent_to",
            field=models.CharField(blank=True, max_length=60, verbose_name="sent to"),
        ),
        migrations.AddField(
            model_name="followup",
            name="asked",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="slips handed out"
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="fair",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="fairly satisfied"
            ),
        ),
        migrations.AddField(
            model_name="followup",
            name="good",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="satisfied"),
        ),
        migrations.AddField(
            model_name="followup",
            name="poor",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="dissatisfied"),
        ),
        migrations.AddField(
            model_name="instruction",
            name="is_public",
            field=models.BooleanField(default=True, verbose_name="show to the public"),
        ),
        migrations.AddField(
            model_name="instruction",
            name="outcome",
            field=models.CharField(blank=True, max_length=300, verbose_name="what was done on it"),
        ),
        migrations.AddField(
            model_name="instruction",
            name="state",
            field=models.CharField(
                blank=True,
                choices=[
                    ("received", "Received"),
                    ("passed_on", "Passed on to the units"),
                    ("under_way", "Being carried out"),
                    ("reported", "Reported back"),
                ],
                max_length=9,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="instruction",
            name="state_on",
            field=models.DateField(blank=True, null=True, verbose_name="state since"),
        ),
        migrations.AddConstraint(
            model_name="conversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("answered_on__isnull", True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="conversion_answer_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "appraisal"),
                    models.Q(
                        ("asked__isnull", True),
                        ("fair__isnull", True),
                        ("good__isnull", True),
                        ("poor__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="follow_up_tally_of_appraisal",
            ),
        ),
        migrations.AddField(
            model_name="keysupervision",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="key_supervisions",
                to="consultations.case",
                verbose_name="case",
            ),
        ),
        migrations.AddField(
            model_name="keysupervision",
            name="set_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recorded by",
            ),
        ),
        migrations.AddConstraint(
            model_name="keysupervision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True)),
                fields=("case",),
                name="key_supervision_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="keysupervision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on__isnull", True),
                    ("ended_on__gte", models.F("began_on")),
                    _connector="OR",
                ),
                name="key_supervision_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="keysupervision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on__isnull", True),
                    models.Q(("result", ""), _negated=True),
                    _connector="OR",
                ),
                name="key_supervision_end_has_result",
            ),
        ),
    ]
