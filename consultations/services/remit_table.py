"""Remits of units from a spreadsheet: which field, at which level, in which place."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from committees import audit
from committees.grants import KEEPERS, reach
from committees.models import AuditEntry, HandlingUnit, Region, Role, User
from committees.services.imports.columns import Kind, Row, plain
from committees.services.imports.found import named
from committees.services.imports.lines import Line, checked, chosen, day_of, once
from consultations.models import Remit, TopicField

IMPORTERS = (*KEEPERS, Role.DISPATCH_OFFICE)
TOLD = ("note", "valid_from", "valid_until")


class Remits:
    """Looks at the rows in order. A remit is known by unit, field, level and region."""

    def __init__(self, rows: list[Row], *, by: User) -> None:
        self.reach = reach(by, roles=IMPORTERS)
        self.units, self.regions = (
            named(rows, "unit", HandlingUnit),
            named(rows, "region", Region),
        )
        fields = TopicField.objects.order_by("order", "code")
        self.fields = {plain(word): field for field in fields for word in (field.name, field.code)}
        units = [unit.pk for found in self.units.by_word.values() for unit in found]
        kept = Remit.objects.filter(unit__in=units, valid_until=None)
        self.known = {(r.unit_id, r.field_id, r.level, r.region_id): r for r in kept}
        self.seen: dict[tuple[Any, ...], int] = {}

    def line(self, row: Row) -> Line:
        line = checked(row, Kind.REMITS)
        unit = self.units.one(line, "unit", codes=self.reach)
        region = self.regions.one(line, "region", codes=self.reach)
        field = self.fields.get(plain(line.get("field")))
        if line.get("field") and field is None:
            line.wrong("field", _("There is no field “%s”.") % line.get("field"))
        began, ended = day_of(line, "valid_from"), day_of(line, "valid_until")
        told = {"note": line.get("note"), "valid_from": began, "valid_until": ended}
        if began and ended and ended < began:
            line.wrong("valid_until", _("The end is before the start."))
        if line.errors or unit is None or field is None:
            return line
        self._look(line, unit, field, region.pk if region else unit.region_id, told)
        return line

    def _look(
        self, line: Line, unit: HandlingUnit, field: TopicField, code: str, told: dict[str, Any]
    ) -> None:
        level = chosen(line, "level")
        key = (unit.pk, field.pk, level, code)
        once(line, key, seen=self.seen, column="unit")
        if line.errors:
            return
        remit = self.known.get(key)
        if remit is None:
            remit = Remit(unit=unit, field=field, level=level, region_id=code, **told)
            line.will(_("new remit"), _saver(remit, AuditEntry.Kind.ADDED), adds=True)
            return
        new = {
            name: told[name] for name in TOLD if told[name] and told[name] != getattr(remit, name)
        }
        for name, value in new.items():
            setattr(remit, name, value)
        if new:
            fields = "、".join(line.heading(name) for name in new)
            line.will(_("changed: %s") % fields, _saver(remit, AuditEntry.Kind.CHANGED))


def _saver(remit: Remit, kind: str) -> Any:
    def write(by: User) -> None:
        remit.save()
        audit.record(
            kind, by=by, about=remit.unit, region=remit.region_id,
            facts={"why": "import", "what": ["remit"]},
        )  # fmt: skip

    return write
