"""How the records of a table are written: with who did it, in the versions and in the audit log."""

from __future__ import annotations

from django.db.models import Model

from committees import audit
from committees.models import User
from committees.services.imports.lines import Write
from committees.services.versions import store


def saver(record: Model, kind: str, *, region: str = "") -> Write:
    """Saves a record and tells the audit log of it."""

    def write(by: User) -> None:
        store(record, by=by)
        audit.record(kind, by=by, about=record, region=region, facts={"why": "import"})

    return write


def adder(record: Model, **above: Model) -> Write:
    """Saves a new record below others, which have been saved by then."""

    def write(by: User) -> None:
        for name, one in above.items():
            setattr(record, name, one)
        store(record, by=by)

    return write
