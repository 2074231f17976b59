"""The duty record of one member as a spreadsheet: line by line, nobody beside anybody else."""

from __future__ import annotations

from typing import IO

from django.utils.translation import gettext_lazy as _

from committees.models import DutyKind
from consultations.exchange.sheets import Columns, write_sheet
from consultations.selectors.duty import DutyRecord

COLUMNS: Columns = [
    (_("date"), lambda line: line.on),
    (_("kind"), lambda line: DutyKind(line.kind).label),
    (_("what was done"), lambda line: line.text),
]


def write_duty(out: IO[bytes], *, record: DutyRecord) -> int:
    """Write the lines of one year; how many there were."""
    name = f"{record.member.name}{record.year}"
    count, _cut_off = write_sheet(out, name=name, columns=COLUMNS, records=record.lines)
    return count
