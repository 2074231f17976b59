from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0043_remit_lines")]

    operations = [
        migrations.AlterField(
            model_name="urging",
            name="rung",
            field=models.CharField(
                choices=[
                    ("note", "Note before the due date"),
                    ("quiet", "Question after the progress"),
                    ("reminder", "Reminder"),
                    ("slip", "Follow-up slip"),
                    ("leader", "Follow-up slip to the leader in charge"),
                    ("false", "Follow-up slip after a false completion"),
                ],
                max_length=8,
                verbose_name="kind",
            ),
        ),
    ]
