from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """The figures of the home page are counted along an index, without the rows."""

    dependencies = [("consultations", "0004_list_indexes")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                F("origin"),
                F("prefecture_code"),
                F("stage"),
                condition=Q(is_public=True),
                name="case_public_counted",
            ),
        ),
    ]
