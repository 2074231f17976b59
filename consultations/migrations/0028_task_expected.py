from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0027_media_reports")]

    operations = [
        migrations.AddField(
            model_name="historicaltask",
            name="expected",
            field=models.CharField(blank=True, max_length=200, verbose_name="expected result"),
        ),
        migrations.AddField(
            model_name="task",
            name="expected",
            field=models.CharField(blank=True, max_length=200, verbose_name="expected result"),
        ),
    ]
