from django.db import migrations

from committees.names import fold


def fold_names(apps, schema_editor):
    """Stop with the names when two accounts would become one: only a person can decide that."""
    user = apps.get_model("committees", "User")
    seen = {}
    for pk, name in user.objects.order_by("pk").values_list("pk", "username").iterator():
        if fold(name) in seen:
            raise ValueError(f"Rename one of these accounts first: {seen[fold(name)]}, {name}")
        seen[fold(name)] = name
        if name != fold(name):
            user.objects.filter(pk=pk).update(username=fold(name))


class Migration(migrations.Migration):
    dependencies = [("committees", "0004_sign_in")]

    operations = [migrations.RunPython(fold_names, migrations.RunPython.noop)]
