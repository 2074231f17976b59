from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0030_bounded_texts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="meetinganswer",
            name="reason",
            field=models.CharField(
                blank=True, max_length=100, verbose_name="reason for not coming"
            ),
        ),
    ]
