"""What the staff site offers in its forms and finds in its lists, asked of the lists themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404
from django.test import RequestFactory

from committees.admin.access import reach, roles_held
from committees.admin.phones import NewNumberField
from committees.models import HandlingUnit, Member, Region, RoleGrant, Room, Sector, Studio, User
from committees.models.regions import at_or_below
from committees.numbers import without_numbers
from committees.seen import SEEN
from consultations.admin.site import site
from consultations.models import StageName
from tests.access import visibility as who
from tests.access.world import World

NOTHING = "1000000"


def wrong_forms(world: World) -> Iterator[str]:
    office, leader = (_request(world.people[person]) for person in (who.OFFICE, who.LEADER))
    told = {
        **_places(world), **_offered(world, office), **_fields(world, office, leader),
        **_lists(world, office), **_deleting(world, office), **_told(world, office),
    }  # fmt: skip
    yield from (what for what, right in told.items() if not right)


def _request(user: User) -> Any:
    request = RequestFactory().get("/admin/")
    request.user = user
    return request


def _places(world: World) -> dict[str, bool]:
    """A studio reaches its township, one without a place that of its committee."""
    clerk, boss = _request(world.people[who.LIAISON]), _request(User(pk=0, is_superuser=True))
    loose = Studio(pk=1, committee=world.counties["own"].committee)
    unit = HandlingUnit(name="unplaced")
    return {
        "reach of a studio": reach(clerk, (who.LIAISON,)) == ["539921100"],
        "reach of other roles": reach(clerk, (who.OFFICE,)) == [],
        "reach of a superuser": reach(boss, (who.OFFICE,)) is None,
        "roles of a superuser": roles_held(boss) == {who.SYSTEM, who.SECURITY},
        "a studio without a place": RoleGrant(studio=loose).reach == "539921",
        "within nothing": not Region.objects.filter(at_or_below([], path="code")).exists(),
        "reaches what has no place": not site._registry[HandlingUnit]._reaches(
            _request(world.people[who.OFFICE]), unit),
    }  # fmt: skip


def _offered(world: World, office: Any) -> dict[str, bool]:
    """A form offers what lies in the own reach; the superuser everything."""
    own, away = world.counties["own"], world.counties["sibling_county"]
    fields = site._registry[Room].get_form(office).base_fields
    boss = site._registry[Room].get_form(_request(User(pk=0, is_superuser=True))).base_fields
    sector = Sector.objects.first()
    seat = next(line for line in site._registry[Member].get_inline_instances(office))
    told = {"a sector": sector in seat.get_formset(office).form.base_fields["sector"].queryset}
    for name in ("region", "committee", "studio"):
        told[f"offers the own {name}"] = getattr(own, name) in fields[name].queryset
        told[f"offers no other {name}"] = getattr(away, name) not in fields[name].queryset
        told[f"offers any {name}"] = getattr(away, name) in boss[name].queryset
    return told


def _fields(world: World, office: Any, leader: Any) -> dict[str, bool]:
    """Sealed numbers are for those who write, and no number goes into another field."""
    listed, member = site._registry[Member], world.rows["member"]["own_county"]
    written = listed.get_form(office, member, change=True).base_fields
    lines = listed.get_inline_instances(office)[0]
    return {
        "draws a number": isinstance(written["mobile"], NewNumberField),
        "draws a name": without_numbers in written["name"].validators,
        "a keeper writes the number": "mobile" in listed.get_fields(office, member),
        "a reader gets no number": "mobile" not in listed.get_fields(leader, member),
        "a reader gets the name": "name" in listed.get_fields(leader, member),
        "the print is the page's": SEEN not in listed.get_fields(office, member),
        "a change is watched": SEEN in written,
        "a reader is not": SEEN not in listed.get_form(leader, member, change=True).base_fields,
        "something new is not": SEEN not in listed.get_form(office).base_fields,
        "lines are watched": lines.get_fields(office, member)[-1] == SEEN,
        "lines are drawn": "committee" in lines.get_fields(office, member),
        "lines are reached": "committee" in lines.get_formset(office, member).form.base_fields,
    }


def _lists(world: World, office: Any) -> dict[str, bool]:
    """A list is narrowed by its own filters only."""
    listed = site._registry[Studio]
    allowed = {name: listed.lookup_allowed(name, "1", office) for name in (
        "kind", "kind__exact", "committee__name", "phone__startswith")}  # fmt: skip
    shown = listed.changelist_view(office, {"more": "kept"}).context_data
    return {
        "filters": list(allowed.values()) == [True, True, False, False],
        "title": shown["title"] == Studio._meta.verbose_name_plural and shown["more"] == "kept",
    }


def _deleting(world: World, office: Any) -> dict[str, bool]:
    """Where nobody deletes, there is no page; where somebody does, there is."""
    studio, name = world.rows["studio"]["own_county"], world.rows["stage_name"]["own_county"]
    return {
        "deletes a studio": _is_hidden(site._registry[Studio], office, studio.pk),
        "deletes what is not there": _is_hidden(site._registry[StageName], office, NOTHING),
        "deletes a name": not _is_hidden(site._registry[StageName], office, name.pk),
    }


def _is_hidden(listed: Any, request: Any, key: object) -> bool:
    try:
        listed.delete_view(request, str(key))
    except Http404:
        return True
    return False


def _told(world: World, office: Any) -> dict[str, bool]:
    """The audit log is told the role and the region of a change."""
    studio, unit = (world.rows[kind]["own_county"] for kind in ("studio", "unit"))
    listed = site._registry[Studio]
    return {
        "region of a studio": listed.region_of(studio) == "539921",
        "region of a unit": site._registry[HandlingUnit].region_of(unit) == "539921",
        "region of the site's": site._registry[Sector].region_of(Sector()) == "",
        "region of nothing": listed.region_of(Studio(committee=None)) == "",
        "acts as": listed._acting_role(office, studio) == who.OFFICE,
    }
