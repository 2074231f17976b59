from django.db import migrations, models

KINDS = [
    ("task_new", "A task for my unit"),
    ("task_back", "A task that comes back to my unit"),
    ("task_decided", "A decision on a task of my unit"),
    ("task_asks", "A unit asks for a return or an extension"),
    ("task_answers", "A unit has answered"),
    ("to_verify", "Answered: to be looked at on the spot"),
    ("case_waits", "A case that waits for me"),
    ("case_moved", "A case of mine that moves on"),
    ("assigned", "A case put in my charge"),
    ("meeting", "A meeting set, moved or cancelled"),
    ("meeting_soon", "A meeting today or tomorrow"),
    ("unrecorded", "A meeting whose day has passed without a record"),
    ("due_soon", "Due within three working days"),
    ("overdue", "Overdue"),
    ("urged", "A reminder or a supervision slip"),
    ("mentioned", "A note that is meant for me"),
    ("date_came", "A date set earlier has come"),
    ("dates_moved", "Due dates moved with a rule or the calendar"),
]


def _kind():
    return models.CharField(choices=KINDS, max_length=12, verbose_name="kind of notice")


class Migration(migrations.Migration):
    dependencies = [("consultations", "0050_process_on_paper")]

    operations = [
        migrations.AlterField("notice", "kind", _kind()),
        migrations.AlterField("noticechoice", "kind", _kind()),
    ]
