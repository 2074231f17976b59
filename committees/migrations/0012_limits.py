"""The counter of wrong passwords counts for every limit."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0011_unit_contact_mobile"),
    ]

    operations = [
        migrations.RenameField("trycount", "failures", "moments"),
        migrations.AlterField(
            model_name="trycount",
            name="kind",
            field=models.CharField(
                choices=[
                    ("account", "Account"),
                    ("address", "Network address"),
                    ("proposal", "Topics of residents"),
                    ("tracking", "Query codes"),
                    ("link", "Links of supervisors"),
                    ("supervising", "Answers of supervisors"),
                    ("api", "Interface for machines"),
                    ("export", "Lists written out"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
    ]
