"""Handling units with what they answer for, line by line."""

from committees.admin.access import Lines
from committees.admin.people import HandlingUnitAdmin
from consultations.models import Remit


class RemitLines(Lines):
    model = Remit
    kept_by = HandlingUnitAdmin.kept_by
    fields = ["field", "level", "region", "note", "valid_from", "valid_until"]


class UnitWithRemitsAdmin(HandlingUnitAdmin):
    inlines = [*HandlingUnitAdmin.inlines, RemitLines]
