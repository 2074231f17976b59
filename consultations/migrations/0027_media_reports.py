import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0026_meeting_files")]

    operations = [
        migrations.CreateModel(
            name="MediaReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="headline")),
                ("outlet", models.CharField(max_length=60, verbose_name="outlet")),
                (
                    "published_on",
                    models.DateField(blank=True, null=True, verbose_name="published"),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True,
                        max_length=300,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="address of the report",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="consultations.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "media report",
                "verbose_name_plural": "media reports",
                "ordering": ["meeting", "published_on", "pk"],
            },
        ),
    ]
