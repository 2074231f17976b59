from django.db import migrations, models


def _count(label):
    return models.PositiveIntegerField(default=0, verbose_name=label)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0049_waits_for_decisions")]

    operations = [
        migrations.AddField("ratingasked", "process_satisfied", _count("process: satisfied")),
        migrations.AddField("ratingasked", "process_fair", _count("process: fairly satisfied")),
        migrations.AddField("ratingasked", "process_dissatisfied", _count("process: dissatisfied")),
        migrations.AddField("ratingasked", "process_unknown", _count("process: cannot say")),
    ]
