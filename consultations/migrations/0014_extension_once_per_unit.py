"""An extension is asked for once by each unit that has the task, not once for all of them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0013_extension_unit")]

    operations = [
        migrations.AlterField(
            model_name="extensionrequest",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="committees.handlingunit",
                verbose_name="handling unit",
            ),
        ),
        migrations.RemoveConstraint(model_name="extensionrequest", name="extension_once_per_round"),
        migrations.AddConstraint(
            model_name="extensionrequest",
            constraint=models.UniqueConstraint(
                fields=("task", "round", "unit"), name="extension_once_per_unit"
            ),
        ),
    ]
