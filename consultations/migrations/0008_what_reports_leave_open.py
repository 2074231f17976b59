"""What a report leaves open stays open: how many came, on which day; and 以上 is not 余."""

from django.db import migrations, models

EXACTNESS = [
    ("exact", "exact"),
    ("nearly", "nearly"),
    ("more_than", "more than"),
    ("at_least", "at least"),
    ("about", "about"),
]


def exactness() -> models.CharField:
    return models.CharField(
        choices=EXACTNESS, default="exact", max_length=9, verbose_name="exactness"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0002_person_names"),
        ("consultations", "0007_clearer_names"),
    ]

    operations = [
        migrations.AlterField(model_name="outcomemetric", name="exactness", field=exactness()),
        migrations.AlterField(model_name="reportedfigure", name="exactness", field=exactness()),
        migrations.AlterField(
            model_name="participant",
            name="count",
            field=models.PositiveSmallIntegerField(
                blank=True, default=1, null=True, verbose_name="how many"
            ),
        ),
        migrations.AddConstraint(
            model_name="fieldvisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("visited_on__isnull", False), ("citation__isnull", False), _connector="OR"
                ),
                name="visit_dated_unless_reported",
                violation_error_message="Say on which day the visit was.",
            ),
        ),
    ]
