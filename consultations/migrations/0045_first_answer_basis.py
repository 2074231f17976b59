"""Keep beside the date of the first answer to a suggestion how it came about, as tasks and cases do.
Until now it was five working days everywhere."""

from django.db import migrations, models
from django.utils import timezone

AT_ONCE = 500


def keep_basis(apps, schema_editor):
    Suggestion = apps.get_model("consultations.Suggestion")
    rows = Suggestion.objects.filter(answer_due_on__isnull=False).order_by("pk")
    changed = []
    for row in rows.only("pk", "received_at").iterator(chunk_size=AT_ONCE):
        row.due_basis = {
            "origin": "rule", "start": timezone.localdate(row.received_at).isoformat(), "count": 5,
            "unit": "working", "rule": "first_answer_days",
        }  # fmt: skip
        changed.append(row)
        if len(changed) == AT_ONCE:
            Suggestion.objects.bulk_update(changed, ["due_basis"])
            changed = []
    Suggestion.objects.bulk_update(changed, ["due_basis"])


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0045_fields_in_use"),
    ]

    operations = [
        migrations.AddField("suggestion", "due_basis", models.JSONField(editable=False, null=True)),
        migrations.RunPython(keep_basis, migrations.RunPython.noop, elidable=True),
    ]
