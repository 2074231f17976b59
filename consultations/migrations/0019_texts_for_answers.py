from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0018_suggestion_entered_on_behalf")]

    operations = [
        migrations.RemoveConstraint(model_name="reasontext", name="reason_text_known_subject"),
        migrations.AlterField(
            model_name="reasontext",
            name="subject",
            field=models.CharField(
                choices=[
                    ("case", "step of a case"),
                    ("task", "step of a task"),
                    ("suggestion", "answer to a resident"),
                ],
                max_length=10,
                verbose_name="offered for",
            ),
        ),
        migrations.AddConstraint(
            model_name="reasontext",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject__in", ("case", "task", "suggestion"))),
                name="reason_text_known_subject",
            ),
        ),
    ]
