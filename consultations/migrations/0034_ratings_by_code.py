import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0033_look_backs"),
    ]

    operations = [
        migrations.CreateModel(
            name="RatingAsked",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "round",
                    models.PositiveSmallIntegerField(default=1, verbose_name="handling round"),
                ),
                (
                    "rater",
                    models.CharField(
                        choices=[
                            ("proposer", "Proposer"),
                            ("affected", "Affected party"),
                            ("resident", "Resident"),
                            ("member", "CPPCC member"),
                        ],
                        max_length=8,
                        verbose_name="kind of rater",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("paper", "On paper"), ("call", "Call-back"), ("code", "By code")],
                        max_length=5,
                        verbose_name="channel",
                    ),
                ),
                ("count", models.PositiveIntegerField(verbose_name="how many were asked")),
                (
                    "asked_on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="asked"),
                ),
            ],
            options={
                "verbose_name": "people asked",
                "verbose_name_plural": "people asked",
                "ordering": ["case", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RatingCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "round",
                    models.PositiveSmallIntegerField(default=1, verbose_name="handling round"),
                ),
                (
                    "rater",
                    models.CharField(
                        choices=[
                            ("proposer", "Proposer"),
                            ("affected", "Affected party"),
                            ("resident", "Resident"),
                            ("member", "CPPCC member"),
                        ],
                        max_length=8,
                        verbose_name="kind of rater",
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "issued_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="issued at"
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                ("used_at", models.DateTimeField(null=True, verbose_name="used")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="revoked at")),
            ],
            options={
                "verbose_name": "rating code",
                "verbose_name_plural": "rating codes",
                "ordering": ["case", "pk"],
            },
        ),
        migrations.AddField(
            model_name="rating",
            name="judged_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="judged by",
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="judged_on",
            field=models.DateField(blank=True, null=True, verbose_name="judged"),
        ),
        migrations.AddField(
            model_name="rating",
            name="justified",
            field=models.BooleanField(blank=True, null=True, verbose_name="justified"),
        ),
        migrations.AddField(
            model_name="rating",
            name="round",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="handling round"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("judged_by__isnull", True),
                        ("judged_on__isnull", True),
                        ("justified__isnull", True),
                    ),
                    models.Q(
                        ("judged_by__isnull", False),
                        ("judged_on__isnull", False),
                        ("justified__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="rating_judged_by_somebody",
            ),
        ),
        migrations.AddField(
            model_name="ratingasked",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="asked",
                to="consultations.case",
                verbose_name="case",
            ),
        ),
        migrations.AddField(
            model_name="ratingasked",
            name="entered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entered by",
            ),
        ),
        migrations.AddField(
            model_name="ratingcode",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rating_codes",
                to="consultations.case",
                verbose_name="case",
            ),
        ),
        migrations.AddField(
            model_name="ratingcode",
            name="follow_up",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="codes",
                to="consultations.followup",
                verbose_name="appraisal",
            ),
        ),
        migrations.AddField(
            model_name="ratingcode",
            name="issued_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="issued by",
            ),
        ),
        migrations.AddField(
            model_name="ratingcode",
            name="revoked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="revoked by",
            ),
        ),
        migrations.AddConstraint(
            model_name="ratingasked",
            constraint=models.CheckConstraint(
                condition=models.Q(("count__gte", 1)), name="asked_count_from_one"
            ),
        ),
        migrations.AddIndex(
            model_name="ratingcode",
            index=models.Index(fields=["case", "round"], name="rating_code_case_round"),
        ),
        migrations.AddConstraint(
            model_name="ratingcode",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("issued_at"))),
                name="rating_code_ends_after_issue",
            ),
        ),
        migrations.AddConstraint(
            model_name="ratingcode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                    models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                    _connector="OR",
                ),
                name="rating_code_revoked_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="ratingcode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("used_at__isnull", True), ("revoked_at__isnull", True), _connector="OR"
                ),
                name="rating_code_used_or_revoked",
            ),
        ),
    ]
