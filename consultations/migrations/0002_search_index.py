"""The search rows, and beside them the full-text index of the database in use."""

import django.db.models.deletion
from django.db import migrations, models

# External content: the words are stored once, in the rows. The `ascii` tokenizer splits at our
# single spaces and leaves every Han character alone; `detail=none` keeps no positions, because
# neighbourhood is checked in the row itself.
SQLITE = (
    """
    CREATE VIRTUAL TABLE consultations_searchindex USING fts5(
        words, content='consultations_searchdoc', content_rowid='case_id',
        tokenize='ascii', detail='none', prefix='1'
    )
    """,
    """
    CREATE TRIGGER consultations_searchdoc_added AFTER INSERT ON consultations_searchdoc BEGIN
        INSERT INTO consultations_searchindex (rowid, words) VALUES (new.case_id, new.words);
    END
    """,
    """
    CREATE TRIGGER consultations_searchdoc_gone AFTER DELETE ON consultations_searchdoc BEGIN
        INSERT INTO consultations_searchindex (consultations_searchindex, rowid, words)
        VALUES ('delete', old.case_id, old.words);
    END
    """,
    """
    CREATE TRIGGER consultations_searchdoc_changed AFTER UPDATE ON consultations_searchdoc BEGIN
        INSERT INTO consultations_searchindex (consultations_searchindex, rowid, words)
        VALUES ('delete', old.case_id, old.words);
        INSERT INTO consultations_searchindex (rowid, words) VALUES (new.case_id, new.words);
    END
    """,
)
SQLITE_BACK = (
    "DROP TRIGGER consultations_searchdoc_added",
    "DROP TRIGGER consultations_searchdoc_gone",
    "DROP TRIGGER consultations_searchdoc_changed",
    "DROP TABLE consultations_searchindex",
)
POSTGRESQL = (
    """
    ALTER TABLE consultations_searchdoc ADD COLUMN lexemes tsvector GENERATED ALWAYS AS
        (array_to_tsvector(string_to_array(btrim(words), ' '))) STORED
    """,
    "CREATE INDEX search_lexemes ON consultations_searchdoc USING gin (lexemes)",
)
POSTGRESQL_BACK = (
    "DROP INDEX search_lexemes",
    "ALTER TABLE consultations_searchdoc DROP COLUMN lexemes",
)


def make_index(apps, schema_editor):
    _run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def drop_index(apps, schema_editor):
    _run(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK})


def _run(schema_editor, statements):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SearchDoc",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_doc",
                        serialize=False,
                        to="consultations.case",
                        verbose_name="case",
                    ),
                ),
                ("words", models.TextField(verbose_name="words")),
            ],
            options={
                "verbose_name": "search index row",
                "verbose_name_plural": "search index rows",
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
