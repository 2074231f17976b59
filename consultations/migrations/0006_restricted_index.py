from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """The few restricted cases are asked for with every public page."""

    dependencies = [("consultations", "0005_home_figures_index")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                F("id"), condition=Q(restricted_at__isnull=False), name="case_restricted"
            ),
        ),
    ]
