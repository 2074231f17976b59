"""Keep beside each due date how it came about. For running tasks it is read from their history;
where that does not say, the date stays as it is and its origin unknown."""

import datetime as dt
from calendar import monthrange

from django.db import migrations, models

RUNNING = ("dispatched", "return_requested", "handling", "suspended", "replied")
SETTING = ("dispatch", "reassign", "grant_extension", "resume", "verify_false", "reopen")
MOVED_ON = 15  # a date in months is moved on over the longest holiday at most


def read_from_history(apps, schema_editor):
    Task, Event = apps.get_model("consultations.Task"), apps.get_model("consultations.Event")
    tasks = Task.objects.filter(
        state__in=RUNNING, due_on__isnull=False, dispatched_on__isnull=False
    )
    for task in tasks.select_related("item").order_by("pk").iterator():
        events = Event.objects.filter(task=task, action__in=SETTING)
        last = events.order_by("-at", "-pk").values_list("action", "data", "at").first()
        if last is not None:
            basis = _basis(task, *last)
            Task.objects.filter(pk=task.pk).update(due_basis=basis)


def _basis(task, action, data, at):
    if action == "grant_extension" and data.get("from"):
        return {"origin": "extended", "start": data["from"]}
    if action == "resume" and data.get("days"):
        before = task.due_on - dt.timedelta(days=data["days"])
        return {"origin": "suspended", "start": before.isoformat(), "count": data["days"],
                "unit": "days"}  # fmt: skip
    if action in ("verify_false", "reopen"):
        start = (at + dt.timedelta(hours=8)).date()
        return _in_months(task, start, "rehandle_months")
    if action in ("dispatch", "reassign"):
        assists = task.role == "assist"
        if action == "dispatch" and not assists and task.item.due_on == task.due_on:
            return {"origin": "agreed", "start": task.dispatched_on.isoformat()}
        return _in_months(task, task.dispatched_on, "opinion_months" if assists else "reply_months")
    return None


def _in_months(task, start, rule):
    """The number of months that leads to the due date, moved on over days off at most."""
    for count in range(1, 25):
        index = start.month - 1 + count
        year, month = start.year + index // 12, index % 12 + 1
        landed = dt.date(year, month, min(start.day, monthrange(year, month)[1]))
        if 0 <= (task.due_on - landed).days <= MOVED_ON:
            return {"origin": "rule", "start": start.isoformat(), "count": count,
                    "unit": "months", "rule": rule}  # fmt: skip
    return {"origin": "agreed", "start": start.isoformat()}


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0036_urging"),
        ("committees", "0019_work_calendar"),
    ]

    operations = [
        migrations.AddField("case", "due_basis", models.JSONField(editable=False, null=True)),
        migrations.AddField("task", "due_basis", models.JSONField(editable=False, null=True)),
        migrations.AddField(
            "historicalcase", "due_basis", models.JSONField(editable=False, null=True)
        ),
        migrations.AddField(
            "historicaltask", "due_basis", models.JSONField(editable=False, null=True)
        ),
        migrations.RunPython(read_from_history, migrations.RunPython.noop, elidable=True),
    ]
