"""Joint hosts 联合协商单位: other committees that consult a case together with its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from committees.models import Committee
from consultations.models import Case, CoHost
from consultations.services.screening import screen
from consultations.services.steps import JustChanged
from consultations.workflow.engine import Refused

Row = Mapping[str, Any]


def rows_differ(case: Case, rows: Iterable[Row]) -> bool:
    """Whether these rows (`id`, `delete`, `committee`, `part`) would change anything."""
    kept = {host.pk: host for host in case.co_hosts.all()}
    for row in rows:
        host = kept.get(row["id"]) if row.get("id") else None
        if host is None or row.get("delete"):
            return True
        if (host.committee, host.part) != (row["committee"], row.get("part", "")):
            return True
    return False


def write_hosts(case: Case, rows: Iterable[Row]) -> None:
    """Write the rows inside the caller's transaction, which claimed the version of the case.

    Raises `Refused` where a committee would stand twice or beside itself.
    """
    typed = list(rows)
    screen(case, [row.get("part", "") for row in typed])
    kept = {host.pk: host for host in case.co_hosts.all()}
    if any(row.get("id") and row["id"] not in kept for row in typed):
        raise JustChanged
    gone = [row["id"] for row in typed if row.get("id") and row.get("delete")]
    case.co_hosts.filter(pk__in=gone).delete()
    for row in typed:
        if not row.get("delete"):
            _write(case, kept.get(row.get("id") or 0) or CoHost(case=case), row)


def _write(case: Case, host: CoHost, row: Row) -> None:
    host.committee, host.part = row["committee"], row.get("part", "")
    if reason := why_not(case.committee, host.committee):
        raise Refused([reason])
    if case.co_hosts.filter(committee=host.committee).exclude(pk=host.pk).exists():
        raise Refused([_("%s is named twice.") % host.committee])
    host.save()


def why_not(own: Committee, other: Committee) -> str | None:
    """Why a committee cannot host a case of `own` jointly, or None."""
    if own.pk == other.pk:
        return _("%s is responsible for the case already.") % other
    if own.is_demo != other.is_demo:
        return _("Demonstration and real committees do not mix.")
    return None


def check_hosts(case: Case) -> None:
    """Ask again after the responsible committee changed. Raises `Refused`."""
    hosts = case.co_hosts.select_related("committee").order_by("pk")
    reasons = [why_not(case.committee, host.committee) for host in hosts]
    if found := [reason for reason in reasons if reason]:
        raise Refused(found)
