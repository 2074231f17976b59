"""The duty record of one member as a spreadsheet: line by line, nobody beside anybody else."""

from __future__ import annotations

from typing import IO

from django.utils.translation import gettext_lazy as _

from committees.models import DutyKind
from consultations.exchange.lists import day, remark
from consultations.exchange.sheets import Columns, write_sheet
from consultations.selectors.duty import DutyRecord


def write_duty(out: IO[bytes], *, record: DutyRecord) -> int:
    """Write the lines of one year; how many there were."""
    name = f"{record.member.name}{record.year}"
    count, _cut_off = write_sheet(out, name=name, columns=_columns(record), records=record.lines)
    return count


def _columns(record: DutyRecord) -> Columns:
    """Whose it is stands in every row: sheets of several people are put below each other."""
    whose, of_what = record.member.name, remark(record.member)
    return [
        (_("member"), lambda line: whose),
        (_("remark"), lambda line: of_what),
        (_("date"), lambda line: day(line.on)),
        (_("kind"), lambda line: DutyKind(line.kind).label),
        (_("what was done"), lambda line: line.text),
    ]
