import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0037_due_basis"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("mail", "e-mail")],
                        default="mail",
                        editable=False,
                        max_length=4,
                        verbose_name="channel",
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("notice", "one notice"),
                            ("digest", "digest of the morning"),
                            ("confirm", "confirmation of an address"),
                        ],
                        max_length=7,
                        verbose_name="letter",
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=80, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting to be sent"),
                            ("sending", "being sent"),
                            ("sent", "sent"),
                            ("failed", "failed, will be tried again"),
                            ("given_up", "given up"),
                            ("dropped", "not needed any more"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="written at"
                    ),
                ),
                (
                    "next_try_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="next try"
                    ),
                ),
                ("claimed_at", models.DateTimeField(null=True, verbose_name="taken up at")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent at")),
                (
                    "last_error",
                    models.CharField(blank=True, max_length=200, verbose_name="last error"),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person told",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
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
                            ("date_came", "A date set earlier has come"),
                        ],
                        max_length=12,
                        verbose_name="kind of notice",
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=60)),
                ("action", models.CharField(blank=True, max_length=28, verbose_name="step")),
                ("day", models.DateField(null=True, verbose_name="day it is about")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="told at"),
                ),
                ("read_at", models.DateTimeField(null=True, verbose_name="read at")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="consultations.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "digest",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notices",
                        to="consultations.delivery",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person told",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="consultations.task",
                        verbose_name="task",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="delivery",
            name="notice",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="consultations.notice",
            ),
        ),
        migrations.CreateModel(
            name="NoticeChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
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
                            ("date_came", "A date set earlier has come"),
                        ],
                        max_length=12,
                        verbose_name="kind of notice",
                    ),
                ),
                (
                    "mail",
                    models.CharField(
                        choices=[
                            ("at_once", "at once"),
                            ("digest", "in the digest of the morning"),
                            ("never", "never"),
                        ],
                        max_length=7,
                        verbose_name="letter",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice of letters",
                "verbose_name_plural": "choices of letters",
                "ordering": ["user", "kind"],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "issued_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="issued at"
                    ),
                ),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="revoked at")),
                ("last_used_at", models.DateTimeField(null=True, verbose_name="last used")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar feed",
                "verbose_name_plural": "calendar feeds",
                "ordering": ["user", "-issued_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("user",),
                        name="feed_one_open",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                models.F("recipient"),
                models.OrderBy(models.F("created_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="notice_box",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                models.F("recipient"),
                models.F("created_at"),
                condition=models.Q(("read_at", None)),
                name="notice_unread",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("key", "recipient"), name="notice_told_once"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                models.F("next_try_at"),
                models.F("id"),
                condition=models.Q(("state__in", ["waiting", "failed"])),
                name="delivery_due",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                models.F("claimed_at"),
                condition=models.Q(("state", "sending")),
                name="delivery_claimed",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                models.F("state"),
                models.OrderBy(models.F("created_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="delivery_state",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                models.OrderBy(models.F("created_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="delivery_listed",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                    _connector="OR",
                ),
                name="delivery_sent_at_some_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("notice__isnull", False), ("what", "notice")),
                    models.Q(models.Q(("what", "notice"), _negated=True), ("notice__isnull", True)),
                    _connector="OR",
                ),
                name="delivery_of_one_notice",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticechoice",
            constraint=models.UniqueConstraint(fields=("user", "kind"), name="choice_once"),
        ),
    ]
