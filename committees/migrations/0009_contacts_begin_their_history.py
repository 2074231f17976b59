"""The contacts that are there already begin their history as they stand."""

from django.db import migrations
from django.utils import timezone

COLUMNS = ("id", "unit_id", "name", "post", "office_phone", "valid_from", "valid_until")


def begin(apps, schema_editor):
    contacts = apps.get_model("committees", "UnitContact").objects.order_by("pk")
    history = apps.get_model("committees", "HistoricalUnitContact").objects
    now = timezone.now()
    history.bulk_create(
        (
            history.model(
                history_date=now, history_type="+", **dict(zip(COLUMNS, row, strict=True))
            )
            for row in contacts.values_list(*COLUMNS).iterator(chunk_size=1000)
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("committees", "0008_unit_contact_history")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop, elidable=True)]
