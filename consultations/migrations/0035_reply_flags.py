from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0034_ratings_by_code"),
    ]

    operations = [
        migrations.AddField(
            model_name="reply",
            name="flags",
            field=models.JSONField(
                blank=True, default=list, verbose_name="flagged when it was signed"
            ),
        ),
        migrations.AddField(
            model_name="verification",
            name="is_partly",
            field=models.BooleanField(default=False, verbose_name="partly done"),
        ),
        migrations.AddConstraint(
            model_name="verification",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_partly", True), ("is_true", True), _negated=True),
                name="verification_partly_is_not_true",
            ),
        ),
    ]
