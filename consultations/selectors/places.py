"""What may be chosen for a case: units, rooms, studios, brands, and people, all of its county."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from committees.grants import INTERNAL, is_from_above
from committees.models import Committee, HandlingUnit, Region, RoleGrant, Room, Studio, User
from committees.models.regions import at_or_below
from consultations.models import Campaign, Case
from consultations.workflow.cases import CREATORS


def units_for(case: Case) -> QuerySet[HandlingUnit]:
    """The handling units of the case's county, its townships included."""
    code = case.county_code or case.region_id
    own = HandlingUnit.objects.filter(at_or_below([code]))
    return own.filter(is_active=True).order_by("region", "name", "pk")


def rooms_for(case: Case) -> QuerySet[Room]:
    code = case.county_code or case.region_id
    own = at_or_below([code]) | Q(committee=case.committee_id)
    return Room.objects.filter(own, closed_on=None).order_by("name", "pk")


def people_for(case: Case) -> QuerySet[User]:
    """Staff of the county or the studio, who may be put in charge or named in a note."""
    codes = [code for code in (*case.region.ancestor_codes, case.region_id) if len(code) >= 6]
    here = Q(region__in=codes) | Q(studio=case.studio_id, studio__isnull=False)
    grants = RoleGrant.objects.in_force().filter(here, role__in=INTERNAL)
    return User.objects.filter(pk__in=grants.values("user"), is_active=True).order_by("pk")


def home_regions(grants: Iterable[RoleGrant]) -> list[str]:
    """The codes of the regions in which these grants allow to log a case."""
    return sorted({g.reach for g in grants if g.role in CREATORS and not g.unit_id})


def regions_to_log_in(grants: Iterable[RoleGrant]) -> QuerySet[Region]:
    """A grant from above the county is for the matters of that very level."""
    held = [g for g in grants if g.role in CREATORS and not g.unit_id]
    scope = at_or_below({g.reach for g in held if not is_from_above(g)}, path="code")
    scope |= Q(code__in=[g.region_id for g in held if is_from_above(g)])
    return Region.objects.filter(scope, valid_until=None).order_by("code")


def studios_to_log_for(grants: Iterable[RoleGrant]) -> QuerySet[Studio]:
    """The studios of the county; somebody with a studio of his or her own sees it too."""
    scope = Q(pk__in=[grant.studio_id for grant in grants if grant.studio_id])
    counties = {code[:6] for code in home_regions(grants)}
    scope |= at_or_below(counties, path="committee__region")
    return Studio.objects.filter(scope, closed_on=None).order_by("name", "pk")


def campaigns_to_log_under(grants: Iterable[RoleGrant]) -> QuerySet[Campaign]:
    """The brands of the committees at and above the place."""
    codes = {code[:n] for code in home_regions(grants) for n in (2, 4, 6) if len(code) >= n}
    own = Campaign.objects.filter(committee__region__in=codes, ended_on=None)
    return own.order_by("-committee__region", "name", "pk")


def committees_to_join(grants: Iterable[RoleGrant]) -> QuerySet[Committee]:
    """The committees that may consult a case jointly: all of the country the viewer works in,
    the demonstration's or the real one."""
    codes = home_regions(grants)
    in_demo = Region.objects.filter(code__in=codes, is_demo=True).exists()
    return Committee.objects.filter(is_demo=in_demo).order_by("region_id", "pk")


def people_of(grants: Iterable[RoleGrant]) -> QuerySet[User]:
    """Staff of the counties in which these grants work, for assigning many cases at once."""
    codes = {code[:6] for code in home_regions(grants) if len(code) >= 6}
    here = at_or_below(codes) | Q(studio__committee__region__in=codes)
    held = RoleGrant.objects.in_force().filter(here, role__in=INTERNAL)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")
