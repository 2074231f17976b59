"""Log a draft: the beginning of every case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Committee, Origin, Region, User
from consultations.models import Case, Side
from consultations.permissions import may_create, studio_for
from consultations.services import hosts, search
from consultations.services.history import line
from consultations.services.numbering import case_code
from consultations.workflow.cases import Stage
from consultations.workflow.engine import Refused

SENT_TWICE_WITHIN = dt.timedelta(minutes=10)


@transaction.atomic
def create(
    *,
    by: User,
    title: str,
    problem: str,
    region: Region,
    sides: tuple[str, ...] = (),
    co_hosts: Iterable[Mapping[str, Any]] = (),
    origin: str = Origin.ENTERED,
    **fields: Any,
) -> Case:
    """Log a draft. Raises `Refused` where the person has no role that may log a case there.

    Without a studio named, it is that of the person: who logs a case can follow it.
    """
    role = may_create(by, region)
    if role is None:
        raise Refused([_("You may not log a case in this place.")])
    case = Case.objects.create(
        code=case_code(region),
        title=title,
        problem=problem,
        region=region,
        studio=fields.pop("studio", None) or studio_for(by, region),
        committee=fields.pop("committee", None) or responsible_committee(region),
        year=timezone.localdate().year,
        created_by=by,
        owner=fields.pop("owner", by),
        origin=Origin.DEMO if region.is_demo else origin,
        **fields,
    )
    for name in sides:
        Side.objects.create(case=case, name=name)
    hosts.write_hosts(case, co_hosts)
    line(case, "create", by=by, role=role, moved=("", Stage.DRAFT))
    search.index(case)
    return case


@transaction.atomic
def create_once(*, by: User, title: str, problem: str, region: Region, **fields: Any) -> Case:
    """Log a draft, or give back the one this person has just logged in the same words.

    A form that was sent twice makes one record; the row of the person keeps the two apart.
    """
    User.objects.select_for_update().get(pk=by.pk)
    just_now = timezone.now() - SENT_TWICE_WITHIN
    typed: dict[str, Any] = {"title": title, "problem": problem, "region": region}
    same = Case.objects.filter(created_by=by, stage=Stage.DRAFT, created_at__gte=just_now, **typed)
    return same.order_by("pk").first() or create(by=by, **typed, **fields)


def responsible_committee(region: Region) -> Committee:
    """The committee of the county, or of the nearest region above that has one."""
    codes = [*region.ancestor_codes, region.code]
    found = Committee.objects.filter(region__in=codes).order_by("-region_id").first()
    if found is None:
        raise Refused([_("No committee is on record for this place.")])
    return found
