"""Who the people behind the rows of `workflow.hearing` are, for many records at once.

The grants over all of them are read in one query, those who stand behind the cases in a few more.
Nobody is told of what he or she does not see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from django.db.models import Q

from committees.grants import BUSINESS_ROLES, UNIT_ROLES, in_force, is_from_above
from committees.models import Member, Role, RoleGrant
from committees.parameters import value_for
from consultations.models import Case, Task
from consultations.permissions import Subject, role_at
from consultations.selectors.cases import is_shown_above
from consultations.workflow.hearing import Party

DIGITS = (2, 4, 6, 9, 12)  # of the codes of regions, the province first
GATES = {"leader": Role.LEADER, "party": Role.PARTY_APPROVER}


class Hearers:
    """The people over these records, and those who stand behind their cases."""

    def __init__(self, subjects: Iterable[Subject], *, units: Iterable[int] = ()) -> None:
        self.subjects = list(subjects)
        self.cases = {case.pk: case for case in map(case_of, self.subjects)}
        self.by_region: dict[str, list[RoleGrant]] = defaultdict(list)
        self.by_studio: dict[int, list[RoleGrant]] = defaultdict(list)
        self.by_unit: dict[int, list[RoleGrant]] = defaultdict(list)
        self._read_grants(units)

    def with_role(self, subject: Subject, role: str) -> set[int]:
        """Who holds this role over the record, and sees it."""
        case = case_of(subject)
        return {grant.user_id for grant in self._over(case) if self._fits(grant, case, role)}

    def of_unit(self, unit_id: int | None, case: Case) -> set[int]:
        """The officers and the leader of a unit; none where the case is restricted."""
        if unit_id is None or case.restricted_at is not None:
            return set()
        return {grant.user_id for grant in self.by_unit[unit_id]}

    def party(self, subject: Subject, party: str) -> set[int]:
        case = case_of(subject)
        if party == Party.PROPOSERS:
            here = {grant.user_id for grant in self._over(case) if self._sees(grant, case)}
            return self.behind[case.pk] & here
        if party == Party.GATE:
            return self.with_role(subject, GATES[value_for(case.region, "topic_gate")])
        if isinstance(subject, Task):
            lead = subject.lead.unit_id if subject.lead is not None else None
            return self.of_unit(lead if party == Party.LEAD_UNIT else subject.unit_id, case)
        return set()

    def _fits(self, grant: RoleGrant, case: Case, role: str) -> bool:
        return role_at(grant, case.region_id) == role and self._sees(grant, case)

    def _sees(self, grant: RoleGrant, case: Case) -> bool:
        above = is_from_above(grant) and grant.region_id != case.region_id
        return not above or is_shown_above(case)

    def _over(self, case: Case) -> Iterable[RoleGrant]:
        for code in prefixes(case.region_id):
            yield from self.by_region.get(code, ())
        yield from self.by_studio.get(case.studio_id or 0, ())

    def _read_grants(self, units: Iterable[int]) -> None:
        codes = {code for case in self.cases.values() for code in prefixes(case.region_id)}
        studios = {case.studio_id for case in self.cases.values() if case.studio_id}
        tasks = [subject for subject in self.subjects if isinstance(subject, Task)]
        wanted: set[int | None] = {*units, *(task.unit_id for task in tasks)}
        wanted |= {task.lead.unit_id for task in tasks if task.lead is not None}
        over = Q(region__in=codes) | Q(studio__in=studios)
        over |= Q(unit__in=wanted - {None}, role__in=UNIT_ROLES)
        held = RoleGrant.objects.filter(over, role__in=BUSINESS_ROLES, user__is_active=True)
        for grant in in_force(held.order_by("pk")):
            if grant.unit_id:
                self.by_unit[grant.unit_id].append(grant)
            elif grant.studio_id:
                self.by_studio[grant.studio_id].append(grant)
            else:
                self.by_region[str(grant.region_id)].append(grant)

    @cached_property
    def behind(self) -> dict[int, set[int]]:
        """Who logged a case, keeps it, helps with it, or recommended it as a member."""
        found: dict[int, set[int]] = {
            case.pk: {key for key in (case.created_by_id, case.owner_id) if key is not None}
            for case in self.cases.values()
        }
        helping = Case.helpers.through.objects.filter(case__in=self.cases)
        for case_pk, user_pk in helping.values_list("case_id", "user_id"):
            found[case_pk].add(user_pk)
        members = {c.recommended_by_id for c in self.cases.values() if c.recommended_by_id}
        accounts = Member.objects.filter(pk__in=members, user__isnull=False) if members else None
        user_of = dict(accounts.values_list("pk", "user_id")) if accounts is not None else {}
        for case in self.cases.values():
            account = user_of.get(case.recommended_by_id or 0)
            if account is not None:
                found[case.pk].add(account)
        return found


def case_of(subject: Subject) -> Case:
    return subject if isinstance(subject, Case) else subject.case


def prefixes(code: str) -> list[str]:
    """The code of a region and of everything it lies in."""
    return [code[:digits] for digits in DIGITS if digits <= len(code)]
