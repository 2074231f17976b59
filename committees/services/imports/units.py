"""Handling units with somebody to reach in each."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from committees.grants import KEEPERS, reach
from committees.models import AuditEntry, HandlingUnit, Region, Role, UnitContact, User
from committees.services.imports.columns import Kind, Row
from committees.services.imports.found import named
from committees.services.imports.lines import Line, checked, chosen, once
from committees.services.imports.writers import adder, saver

IMPORTERS = (*KEEPERS, Role.DISPATCH_OFFICE)


class Units:
    """Looks at the rows of one table in order. A unit is known by its name in its region."""

    def __init__(self, rows: list[Row], *, by: User):
        self.reach = reach(by, roles=IMPORTERS)
        self.regions, self.parents = (
            named(rows, "region", Region),
            named(rows, "parent", HandlingUnit),
        )
        names = {row.cells.get("name", "") for row in rows}
        units = HandlingUnit.objects.filter(name__in=names).order_by("pk")
        self.known = {(unit.region_id, unit.name): unit for unit in units}
        contacts = UnitContact.objects.filter(unit__in=units, valid_until=None)
        self.contacts = set(contacts.values_list("unit", "name"))
        self.seen: dict[tuple[str, str], int] = {}

    def line(self, row: Row) -> Line:
        line = checked(row, Kind.UNITS)
        region = self.regions.one(line, "region", codes=self.reach)
        parent = self.parents.one(line, "parent", codes=self.reach)
        if region is not None:
            once(line, (region.pk, line.get("name")), seen=self.seen, column="name")
        if line.errors:
            return line
        told: dict[str, Any] = {"kind": chosen(line, "kind"), "remit": line.get("remit"),
                                "parent": parent}  # fmt: skip
        unit = self.known.get((region.pk, line.get("name")))
        if unit is None:
            unit = HandlingUnit(name=line.get("name"), region=region, **told)
            line.will(
                _("new unit"), saver(unit, AuditEntry.Kind.ADDED, region=unit.region_id), adds=True
            )
        else:
            self._change(line, unit, told)
        self._contact(line, unit)
        return line

    def _change(self, line: Line, unit: HandlingUnit, told: dict[str, Any]) -> None:
        """What the table says otherwise; an empty cell changes nothing."""
        if told["parent"] is not None and told["parent"].pk == unit.pk:
            line.wrong("parent", _("A unit is not above itself."))
            return
        new = {n: value for n, value in told.items() if value and value != getattr(unit, n)}
        for name, value in new.items():
            setattr(unit, name, value)
        if new:
            fields = "、".join(line.heading(name) for name in new)
            write = saver(unit, AuditEntry.Kind.CHANGED, region=unit.region_id)
            line.will(_("changed: %s") % fields, write)

    def _contact(self, line: Line, unit: HandlingUnit) -> None:
        name = line.get("contact")
        if not name or (unit.pk, name) in self.contacts:
            return
        contact = UnitContact(name=name, post=line.get("post"),
                              office_phone=line.get("office_phone"))  # fmt: skip
        line.will(_("contact person: %s") % name, adder(contact, unit=unit))
