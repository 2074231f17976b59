import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0017_members_take_part"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="suggestion",
            name="channel",
            field=models.CharField(
                choices=[
                    ("web", "On the public pages"),
                    ("phone", "By telephone"),
                    ("visit", "In person"),
                    ("letter", "By letter"),
                    ("meeting", "At a meeting"),
                ],
                default="web",
                editable=False,
                max_length=7,
                verbose_name="how it reached us",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="entered_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entered on behalf by",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channel", "web"),
                    ("entered_by__isnull", True),
                )
                | models.Q(
                    ("channel__in", ("phone", "visit", "letter", "meeting")),
                    ("entered_by__isnull", False),
                ),
                name="suggestion_on_behalf_names_clerk",
            ),
        ),
    ]
