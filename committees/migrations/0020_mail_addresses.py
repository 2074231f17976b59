import committees.sealed
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0019_work_calendar"),
    ]

    operations = [
        migrations.AlterField(
            model_name="auditentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("sign_in", "Signed in"),
                    ("sign_in_failed", "Sign-in failed"),
                    ("locked_out", "Locked out"),
                    ("lock_lifted", "Lock lifted"),
                    ("sign_out", "Signed out"),
                    ("session_ended", "Session ended"),
                    ("password_changed", "Password changed"),
                    ("second_factor_added", "Second factor added"),
                    ("second_factor_removed", "Second factor removed"),
                    ("activation_issued", "Activation issued"),
                    ("activation_used", "Activation used"),
                    ("grant_added", "Role granted"),
                    ("grant_changed", "Role grant changed"),
                    ("link_issued", "Supervisor's link issued"),
                    ("link_revoked", "Supervisor's link revoked"),
                    ("link_used", "Supervisor's link used"),
                    ("feed_issued", "Calendar feed issued"),
                    ("feed_revoked", "Calendar feed revoked"),
                    ("mail_confirmed", "Mail address confirmed"),
                    ("mail_removed", "Mail address removed"),
                    ("step", "Step taken"),
                    ("refused", "Step refused"),
                    ("record", "Record written"),
                    ("added", "List entry added"),
                    ("changed", "List entry changed"),
                    ("seen_in_clear", "Personal data seen in clear"),
                    ("exported", "Exported"),
                    ("imported", "Imported"),
                    ("file_sent", "File handed out"),
                    ("erased", "Personal data erased"),
                ],
                max_length=22,
                verbose_name="what happened",
            ),
        ),
        migrations.CreateModel(
            name="MailAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "address",
                    committees.sealed.SealedCharField(max_length=254, verbose_name="e-mail"),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="confirmation asked for"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_address",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail address",
                "verbose_name_plural": "mail addresses",
                "ordering": ["user"],
            },
        ),
    ]
