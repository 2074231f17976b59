"""Load the reference files of `fixtures/` in their order, and only what is new.

A file whose bytes are known is skipped. In a changed file a record is added when it is missing
and updated when nobody touched it since it was loaded; what staff changed or deleted stays as
they left it, and lines of history are written once.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.core.serializers.python import Deserializer
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.models import Case, Event, LoadedFile
from consultations.services import search

WRITTEN_ONCE = (Event,)
CASES = "consultations.case"
NOTHING: dict[str, Any] = {"fields": [], "rows": {}}
FILES = "[0-9][0-9]_*.json"

# Records without a natural key carry a number of their own below this one (fixtures/README.md).
RESERVED_UNTIL = 999_999
RAISE_SQLITE = "UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s"
RAISE_POSTGRESQL = """
    SELECT setval(name, greatest(%s, nextval(name))) FROM
    (SELECT pg_get_serial_sequence(%s, 'id') AS name) AS sequence
"""


class Command(BaseCommand):
    help = "Load the reference data and the records from the reports. Safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("--directory", type=Path, default=settings.BASE_DIR / "fixtures")

    def handle(self, *, directory, **options):
        paths = sorted(directory.glob(FILES))
        if not paths:
            raise CommandError(_("No reference files in %s.") % directory)
        for path in paths:
            self.stdout.write(f"{path.name}  {self._load(path)}")

    def _load(self, path: Path) -> str:
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if LoadedFile.objects.filter(name=path.name, digest=digest).exists():
            return _("unchanged")
        try:
            tally = load(path.name, json.loads(content), digest=digest)
        except (ValueError, DeserializationError, DatabaseError) as error:
            raise CommandError(f"{path.name}: {error}") from error
        return _("%(added)s added, %(updated)s updated, %(kept)s kept as staff left them") % {
            "added": tally["added"], "updated": tally["updated"], "kept": tally["kept"],
        }  # fmt: skip


@transaction.atomic
def load(name: str, objects: list[dict[str, Any]], *, digest: str) -> Counter[str]:
    """Bring the records of one file in, all or none. Counts what was added, updated, kept."""
    file, _created = LoadedFile.objects.get_or_create(name=name)
    before, file.records = file.records, _empty_records(objects)
    tally: Counter[str] = Counter()
    for source, found in zip(objects, Deserializer(objects), strict=True):
        known = before.get(source["model"], NOTHING)
        tally[_bring_in(source, found, known=known, records=file.records)] += 1
    file.digest, file.loaded_at = digest, timezone.now()
    file.save()
    _reserve_numbers(objects)
    search.rebuild(Case.objects.filter(code__in=file.records.get(CASES, NOTHING)["rows"]))
    return tally


def _empty_records(objects: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """For each model of the file the fields it sets, and no rows yet."""
    fields: dict[str, set[str]] = {}
    for source in objects:
        fields.setdefault(source["model"], set()).update(source["fields"])
    return {label: {"fields": sorted(names), "rows": {}} for label, names in fields.items()}


def _bring_in(
    source: dict[str, Any], found: DeserializedObject, *, known: dict, records: dict
) -> str:
    """Add, update or leave one record, and note how it stands now."""
    record, key = found.object, _key(source, found.object)
    rows, fields = records[source["model"]]["rows"], records[source["model"]]["fields"]
    there = record.pk is not None and type(record)._base_manager.filter(pk=record.pk).exists()
    noted = known["rows"].get(key)
    if noted is not None and not (there and _row_digest(record, known["fields"]) == noted):
        rows[key] = noted
        return "kept"
    if there and (noted is None or isinstance(record, WRITTEN_ONCE)):
        rows[key] = noted or ""
        return "kept" if noted is None else "same"
    found.save()
    rows[key] = _row_digest(record, fields)
    if noted is None:
        return "added"
    return "same" if _row_digest(record, known["fields"]) == noted else "updated"


def _key(source: dict[str, Any], record: models.Model) -> str:
    """What a record is known by in its file: its pk or natural key, else its content."""
    if record.pk is not None and source.get("pk") is not None:
        return str(source["pk"])
    if hasattr(record, "natural_key"):
        return "|".join(str(part) for part in record.natural_key())
    return _digest(json.dumps(source, sort_keys=True, ensure_ascii=False))


def _row_digest(record: models.Model, names: list[str]) -> str:
    """A digest of the named fields as the database holds them now."""
    fields = {f.name: f for f in record._meta.get_fields() if f.name in names}
    single = sorted(name for name, field in fields.items() if not field.many_to_many)
    values = type(record)._base_manager.filter(pk=record.pk).values_list(*single).get()
    many = [
        sorted(getattr(record, name).values_list("pk", flat=True))
        for name in sorted(fields.keys() - set(single))
    ]
    return _digest(repr((single, values, many)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _reserve_numbers(objects: list[dict[str, Any]]) -> None:
    """Let new rows be numbered after the range that the files use, so that the two never meet."""
    labels = {source["model"] for source in objects if isinstance(source.get("pk"), int)}
    with connection.cursor() as cursor:
        for model in map(apps.get_model, sorted(labels)):
            table = model._meta.db_table
            if connection.vendor == "postgresql":
                cursor.execute(RAISE_POSTGRESQL, [RESERVED_UNTIL, table])
            else:
                cursor.execute(RAISE_SQLITE, [RESERVED_UNTIL, table])
