from django.db import migrations, models

PACES = [("fast", "urgent"), ("long", "long")]


def pace():
    return models.CharField(blank=True, choices=PACES, max_length=4, verbose_name="time given")


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0045_first_answer_basis"),
    ]

    operations = [
        migrations.AddField("task", "pace", pace()),
        migrations.AddField("historicaltask", "pace", pace()),
    ]
