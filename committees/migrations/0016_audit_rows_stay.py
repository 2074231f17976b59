"""On PostgreSQL the database itself refuses to change or delete a row of the audit log."""

from django.db import migrations

TABLES = ("committees_auditentry", "committees_auditseal")
FUNCTION = """
CREATE OR REPLACE FUNCTION txy_audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def guard(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(FUNCTION, params=None)
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER audit_rows_stay BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION txy_audit_stays()"
        )


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER audit_rows_stay ON {table}")
    schema_editor.execute("DROP FUNCTION txy_audit_stays()")


class Migration(migrations.Migration):
    dependencies = [
        ("committees", "0015_bounded_texts"),
    ]

    operations = [migrations.RunPython(guard, unguard)]
