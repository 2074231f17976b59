import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0025_saved_views")]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="files",
                to="consultations.meeting",
                verbose_name="meeting",
            ),
        ),
    ]
