import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0017_seat_ended_reason"),
    ]

    operations = [
        migrations.CreateModel(
            name="EmptyPhrase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("phrase", models.CharField(max_length=30, verbose_name="phrase")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="empty_phrases",
                        to="committees.region",
                        verbose_name="region",
                    ),
                ),
            ],
            options={
                "verbose_name": "empty phrase",
                "verbose_name_plural": "empty phrases",
                "ordering": ["region", "phrase"],
                "constraints": [
                    models.UniqueConstraint(fields=("region", "phrase"), name="empty_phrase_unique")
                ],
            },
        ),
    ]
