"""A file is released by a second person, under an address of its own, and may be taken down.

What was shown before this second look existed waits for it again.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def person(words):
    return models.ForeignKey(
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        verbose_name=words,
    )


def wait_for_the_second_person(apps, schema_editor):
    files = apps.get_model("consultations", "Attachment").objects
    files.filter(is_public=True).update(is_public=False)


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0010_stage_name_kinds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(wait_for_the_second_person, migrations.RunPython.noop),
        migrations.AddField(
            model_name="attachment",
            name="alt_text",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="what the file shows, in words"
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="described_by",
            field=person("prepared for the public by"),
        ),
        migrations.AddField(
            model_name="attachment",
            name="public_key",
            field=models.CharField(editable=False, max_length=24, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="attachment", name="released_by", field=person("released by")
        ),
        migrations.AddField(
            model_name="attachment",
            name="released_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="released"),
        ),
        migrations.AddField(
            model_name="attachment", name="hidden_by", field=person("taken down by")
        ),
        migrations.AddField(
            model_name="attachment",
            name="hidden_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="taken down"),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(hidden_at__isnull=False),
                fields=["hidden_at"],
                name="attachment_taken_down",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(is_public=False, public_key__isnull=True)
                | models.Q(
                    is_public=True,
                    public_key__isnull=False,
                    released_at__isnull=False,
                    hidden_at__isnull=True,
                ),
                name="attachment_public_is_released",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(hidden_at__isnull=True)
                | (models.Q(released_at__isnull=False) & ~models.Q(hidden_reason="")),
                name="attachment_taken_down_says_why",
            ),
        ),
    ]
