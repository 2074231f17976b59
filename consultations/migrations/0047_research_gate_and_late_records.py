"""Two more kinds: a decision on field research, and a record of a meeting that is late."""

from django.db import migrations, models

DECIDED = [("topic", "Topic"), ("outcome", "Outcome"), ("research", "Field research")]
LATE = [
    ("task", "answer of the unit"),
    ("verify", "check of the answer"),
    ("topic", "decision on the topic"),
    ("party", "decision of the Party committee"),
    ("filing", "filing"),
    ("record", "record of the meeting"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0046_task_pace"),
    ]

    operations = [
        migrations.AlterField(
            "approval",
            "kind",
            models.CharField(choices=DECIDED, max_length=8, verbose_name="kind"),
        ),
        migrations.AlterField(
            "overdue",
            "kind",
            models.CharField(choices=LATE, max_length=6, verbose_name="what was due"),
        ),
    ]
