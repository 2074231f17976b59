"""Lines of history whose words named somebody who was taken out."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0038_files_that_hold_people")]

    operations = [
        migrations.CreateModel(
            name="SilentLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "since",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="since"),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultations.event",
                        verbose_name="history line",
                    ),
                ),
            ],
            options={
                "verbose_name": "history line without its words",
                "verbose_name_plural": "history lines without their words",
            },
        ),
    ]
