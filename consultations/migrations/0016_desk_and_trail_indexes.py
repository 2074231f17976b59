from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """The desk reads tasks by case, state and date; the audit trail is filtered by person and role."""

    dependencies = [("consultations", "0015_guides_put_away")]

    operations = [
        migrations.RemoveIndex(model_name="task", name="task_case_state"),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(F("case"), F("state"), F("due_on"), name="task_case_state_due"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                F("look_back_on"),
                F("id"),
                condition=Q(look_back_on__isnull=False),
                name="task_look_back",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["actor", "-at", "-id"], name="event_actor_at"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["role", "-at", "-id"], name="event_role_at"),
        ),
    ]
