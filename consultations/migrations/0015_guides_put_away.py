import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

ROLES = [
    ("province_office", "Province CPPCC office"),
    ("prefecture_office", "Prefecture CPPCC office"),
    ("county_office", "County CPPCC office"),
    ("leader", "County CPPCC leader"),
    ("party_approver", "Township Party committee"),
    ("studio_director", "Studio director"),
    ("liaison", "Studio liaison officer"),
    ("member", "CPPCC member"),
    ("dispatch_office", "Dispatch and supervision office"),
    ("unit_officer", "Handling unit officer"),
    ("unit_leader", "Handling unit leader"),
    ("village_clerk", "Village clerk"),
    ("system_admin", "System administrator"),
    ("security_admin", "Security administrator"),
    ("audit_admin", "Audit administrator"),
]


class Migration(migrations.Migration):
    """Who has read the short guide of a role and put it away."""

    dependencies = [
        ("consultations", "0014_extension_once_per_unit"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GuidePutAway",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(choices=ROLES, max_length=20, verbose_name="role")),
                (
                    "put_away_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="put away"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=models.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "guide put away",
                "verbose_name_plural": "guides put away",
                "ordering": ["user", "role"],
                "constraints": [
                    models.UniqueConstraint(fields=["user", "role"], name="guide_put_away_once"),
                    models.CheckConstraint(
                        condition=Q(role__in=[value for value, _label in ROLES]),
                        name="guide_put_away_known_role",
                    ),
                ],
            },
        ),
    ]
