"""Note with each request for an extension the unit that asked."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce


def name_the_unit_that_asked(apps, schema_editor):
    """The unit that gave the task back later, else the one that has it now."""
    extensions = apps.get_model("consultations", "ExtensionRequest").objects
    returns = apps.get_model("consultations", "ReturnRequest").objects
    gave_back = returns.filter(
        decided_on__gte=OuterRef("requested_on"), task=OuterRef("task"), granted=True
    ).order_by("pk")
    tasks = apps.get_model("consultations", "Task").objects.filter(pk=OuterRef("task"))
    extensions.update(
        unit_id=Coalesce(Subquery(gave_back.values("unit")[:1]), Subquery(tasks.values("unit")[:1]))
    )


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0003_audit_log"),
        ("consultations", "0012_suggestion_joined"),
    ]

    operations = [
        migrations.AddField(
            model_name="extensionrequest",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="committees.handlingunit",
                verbose_name="handling unit",
            ),
        ),
        migrations.RunPython(name_the_unit_that_asked, migrations.RunPython.noop),
    ]
