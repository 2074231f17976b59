"""A suggestion may be joined with another that raises the same, and given to somebody."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STATES = [
    ("received", "Received"),
    ("accepted", "Taken up as a topic"),
    ("referred", "Passed on elsewhere"),
    ("answered", "Answered"),
    ("refused", "Not taken up"),
    ("joined", "Joined with another suggestion"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0011_file_release"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="suggestion",
            name="state",
            field=models.CharField(
                choices=STATES,
                default="received",
                editable=False,
                max_length=8,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="joined_to",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="joined",
                to="consultations.suggestion",
                verbose_name="raises the same as",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="in charge",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(state="joined", joined_to__isnull=False)
                | models.Q(~models.Q(state="joined"), joined_to__isnull=True),
                name="suggestion_joined_to_another",
            ),
        ),
    ]
