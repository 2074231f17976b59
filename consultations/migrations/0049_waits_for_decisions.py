"""Keep beside a task since when a request of its unit, asked for in time, awaits its decision."""

from django.db import migrations, models


def read_from_requests(apps, schema_editor):
    Task = apps.get_model("consultations.Task")
    asked = {
        "return_requested": apps.get_model("consultations.ReturnRequest").objects.all(),
        "handling": apps.get_model("consultations.ExtensionRequest").objects.filter(
            round=models.F("task__round")
        ),
    }
    for state, requests in asked.items():
        waiting = requests.filter(
            granted=None, task__state=state, requested_on__lte=models.F("task__due_on")
        )
        rows = waiting.order_by("pk").values_list("task", "requested_on")
        for task, since in rows.iterator():
            Task.objects.filter(pk=task).update(waits_since=since)


def waits_since():
    return models.DateField(editable=False, null=True, verbose_name="waits for a decision since")


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0049_suggestion_answered_word"),
    ]

    operations = [
        migrations.AddField("task", "waits_since", waits_since()),
        migrations.AddField("historicaltask", "waits_since", waits_since()),
        migrations.RunPython(read_from_requests, migrations.RunPython.noop, elidable=True),
    ]
