"""What the media told of a meeting: added at any time, also after the record was read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from committees.grants import EDITORS
from committees.models import User
from consultations.models import Case, MediaReport, Meeting
from consultations.permissions import roles_on
from consultations.services.history import line
from consultations.services.screening import screen
from consultations.services.steps import JustChanged, claim
from consultations.workflow.engine import Refused

Row = Mapping[str, Any]

FIELDS = ("title", "outlet", "published_on", "url")


@transaction.atomic
def save_reports(meeting: Meeting, *, by: User, version: int, rows: Iterable[Row]) -> None:
    """Write the media reports of a meeting; `version` is that of the case. All rows or none.

    They were published already: a public case tells of them at once, after the usual scan.
    """
    case = Case.objects.get(pk=meeting.case_id)
    role = next((role for role in EDITORS if role in roles_on(by, case)), None)
    if role is None:
        raise Refused([_("This step is taken by somebody else.")])
    if meeting.status == Meeting.Status.CANCELLED:
        raise Refused([_("This meeting was cancelled.")])
    claim(case, version=version)
    kept = {report.pk: report for report in meeting.reports.all()}
    for row in rows:
        screen(case, [row.get("title", ""), row.get("outlet", "")])
        _write(meeting, row, kept)
    facts = {"meeting": meeting.pk, "reports": meeting.reports.count()}
    line(case, "media_reports", by=by, role=role, facts=facts)


def _write(meeting: Meeting, row: Row, kept: Mapping[int, MediaReport]) -> None:
    if row.get("id") and row["id"] not in kept:
        raise JustChanged
    report = kept[row["id"]] if row.get("id") else MediaReport(meeting=meeting)
    if row.get("delete"):
        if report.pk:
            report.delete()
        return
    for name in FIELDS:
        setattr(report, name, row[name])
    report.save()
