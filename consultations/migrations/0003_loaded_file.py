"""What the reference files brought in, so that a second run knows its own records."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0002_search_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="LoadedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "name",
                    models.CharField(max_length=60, unique=True, verbose_name="file"),
                ),
                (
                    "digest",
                    models.CharField(blank=True, max_length=64, verbose_name="SHA-256"),
                ),
                ("records", models.JSONField(default=dict)),
                (
                    "loaded_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="loaded"),
                ),
            ],
            options={
                "verbose_name": "loaded file",
                "verbose_name_plural": "loaded files",
                "ordering": ["name"],
            },
        ),
    ]
