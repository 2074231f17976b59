"""Files that hold people go with the residents' names; until somebody says otherwise, all do."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0038_notices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="holds_people",
            field=models.BooleanField(
                default=True,
                verbose_name="residents can be recognised in it, or their names or signatures read",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="erased_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="file erased"),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True)
                | models.Q(file="", is_public=False, described_by__isnull=True),
                name="attachment_erased_has_no_file",
            ),
        ),
    ]
