"""One world in which every kind of object exists in every place that can be told apart.

A matter is a case with all that hangs on it. The person asked about always sits in the county
539921, its township 539921100, its village 539921100200; the names of the matters and places tell
where they lie from there.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from committees import models as who
from committees.models import HandlingUnit, Region, Room, Studio, User
from consultations.models import Case, Urging
from consultations.services import files, milestones, notes, records, suggestions, supervisors
from tests.access import deputies
from tests.access.world_rows import rows_at, rows_of_follow_up, rows_of_the_site
from tests.entries import case_data
from tests.factories import CASE_WAYS, a_case, case_at, step
from tests.people import COUNTY, County, a_committee, a_county, a_person, a_region

# name: (place, stage, what else differs)
MATTERS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "own_proposed": ("own", "proposed", {}),
    "own_scheduled": ("own", "scheduled", {}),
    "own_compiling": ("own", "deliberated", {}),
    "own_handling": ("own", "handling", {}),
    "own_published": ("own", "rating", {}),
    "own_sensitive": ("own", "handling", {"sensitivity": "sensitive"}),
    "own_restricted": ("own", "handling", {}),
    "neighbour_village": ("neighbour_village", "handling", {}),
    "sibling_township": ("sibling_township", "handling", {}),
    "own_county": ("own_county", "handling", {}),
    "sibling_county": ("sibling_county", "handling", {}),
    "sibling_county_public": ("sibling_county", "rating", {}),
    "own_prefecture": ("own_prefecture", "handling", {}),
    "own_prefecture_sensitive": ("own_prefecture", "handling", {"sensitivity": "sensitive"}),
    "sibling_prefecture": ("sibling_prefecture", "handling", {}),
    "own_province": ("own_province", "handling", {}),
    "own_province_sensitive": ("own_province", "handling", {"sensitivity": "sensitive"}),
    "other_province": ("other_province", "handling", {}),
}
PUBLISHED = ("own_published", "sibling_county_public")
# Where a list of a whole county, prefecture or province is kept.
SEATS = ("own_county", "sibling_county", "own_prefecture", "sibling_prefecture", "own_province",
         "other_province")  # fmt: skip


@dataclass
class Matter:
    """A case with what hangs on it, as keys; 0 where its stage knows none."""

    case: Case
    task: int = 0
    other_task: int = 0
    item: int = 0
    promise: int = 0
    milestone: int = 0
    file: int = 0
    meeting: int = 0
    visit: int = 0
    link: int = 0
    suggestion: int = 0
    follow_up: int = 0
    rating: int = 0
    supervision: int = 0
    conversion: int = 0
    instruction: int = 0
    urging: int = 0
    key: str = "nothing"


@dataclass
class World:
    people: dict[str, User]
    counties: dict[str, County]
    matters: dict[str, Matter] = field(default_factory=dict)
    # Besides the matters: a draft of the village clerk with the member as helper, and one that ended.
    draft: Any = None
    ended: Any = None
    # Besides the people: who holds an office for another, an office from above let into one county,
    # a second village clerk.
    deputies: dict[str, User] = field(default_factory=dict)
    let_in: Any = None
    colleague: Any = None
    # kind of object, then seat: what stands in the address of its page
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)


def build() -> World:
    """Everything through the services, as far as there are any."""
    counties = _places()
    own = counties["own"]
    people = {role.value: own.people[role] for role in who.Role} | {"nobody": own.nobody}
    world = World(people, counties)
    for user in people.values():  # so that there is something to guess
        user.password = "md5$salt$digest"
        user.save(update_fields=["password"])
    for name, (place, stage, fields) in MATTERS.items():
        world.matters[name] = _matter(name, counties[place], stage, fields)
    world.deputies = deputies.build(own)
    world.let_in = a_person("let-in", ("prefecture_office", own.region))
    world.colleague = a_person("colleague", ("village_clerk", own.village))
    world.draft = a_case(county=own, by=people["village_clerk"], title="own_draft的草稿")
    world.draft.helpers.add(people["member"])
    world.ended = case_at("rejected", county=own, title="own_ended的旧事")
    for seat in SEATS:
        rows_at(world, seat, counties["own" if seat == "own_county" else seat])
    rows_of_the_site(world)
    return world


def _places() -> dict[str, County]:
    own = a_county(COUNTY)
    village = a_region(f"{COUNTY}100300", name="杨树村")
    sibling, prefecture = a_region(f"{COUNTY}200", name="对岸乡"), a_region("5399")
    counties = {
        "own": own,
        "neighbour_village": dataclasses.replace(own, village=village),
        "sibling_township": place_in(sibling, office=own.region),
        "own_county": place_in(own.region, office=own.region),
        "sibling_county": a_county("539922", name="邻水县"),
        "own_prefecture": place_in(prefecture, office=prefecture),
        "sibling_prefecture": a_county("539821", name="隔山县"),
        "own_province": place_in(a_region("53"), office=a_region("53")),
        "other_province": a_county("529921", name="省外县"),
    }
    for code in ("5398", "52"):
        a_committee(a_region(code))
    return counties


def place_in(region: Region, *, office: Region) -> County:
    """A studio, a room, three units and people right in a region of any level."""
    code, committee = region.code, a_committee(office)
    studio = Studio.objects.create(
        code=f"studio-at-{code}",
        name=f"{region}工作室",
        kind="area",
        committee=committee,
        region=region,
    )
    room = Room.objects.create(
        code=f"room-at-{code}", name=f"{region}议事室", kind="fixed", committee=committee, region=region,
        studio=studio,
    )  # fmt: skip
    units = [
        HandlingUnit.objects.create(
            code=f"{slug}-at-{code}", name=f"{region}{slug}", kind="government", region=region
        )
        for slug in ("water", "roads", "farm")
    ]
    grants = {
        "office": ("county_office", office), "leader": ("leader", office),
        "director": ("studio_director", studio), "clerk": ("liaison", studio),
        "member": ("member", studio), "approver": ("party_approver", region),
        "officer": ("unit_officer", units[0]), "unit_leader": ("unit_leader", units[0]),
        "other_officer": ("unit_officer", units[1]), "other_leader": ("unit_leader", units[1]),
    }  # fmt: skip
    people = {name: a_person(f"{name}-at-{code}", pair) for name, pair in grants.items()}
    return County(region, region, region, committee, studio, room, *units, people=people)


# --- one matter ---------------------------------------------------------------------------------


def _matter(name: str, county: County, stage: str, fields: dict[str, Any]) -> Matter:
    title = f"{name}的事项"
    items = [{"units": (county.unit, county.other_unit), "commitments": 1}]
    case = case_at(stage, county=county, items=items, title=title, **fields)
    made = Matter(case)
    if stage != "proposed":
        made.meeting, made.visit = case.meetings.get().pk, case.visits.get().pk
        made.link = supervisors.issue(case, by=county.office, called="老李", days=30).link.pk
    if name == "own_restricted":
        step(case, "restrict", county=county)
    notes.write_note(case, by=county.office, text=f"{name}的内部口径")
    photo = SimpleUploadedFile("photo.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
    made.file = records.attach(
        case, by=county.clerk, kind="document", title=f"{name}的附件", file=photo, consent=False
    ).pk
    made.suggestion = _suggestion(name, county).pk
    if item := case.items.first():
        _below(made, item, county)
    if name in PUBLISHED:  # last: whatever is written later hides it again
        step(case, "publish", county=county)
        made.key = _released(case, made.file, county)
    return made


def _below(made: Matter, item: Any, county: County) -> None:
    case, today = made.case, timezone.localdate()
    case.refresh_from_db()
    tasks = list(item.tasks.order_by("pk").values_list("pk", flat=True))
    made.item, (made.task, made.other_task) = item.pk, tasks
    made.promise = item.commitments.get().pk
    milestones.save_milestone(item, by=county.clerk, version=case.version, row={
        "title": "材料进场", "due_on": today + dt.timedelta(days=30)})  # fmt: skip
    made.milestone = item.milestones.get().pk
    for kind, row in rows_of_follow_up(case, by=county.office).items():
        setattr(made, kind, row.pk)
    made.urging = _slip(made, county)
    case.refresh_from_db()


def _slip(made: Matter, county: County) -> int:
    """A slip that reached the unit and waits for its answer."""
    today = timezone.localdate()
    return Urging.objects.create(
        task_id=made.task, unit=county.unit, rung="slip", level="red", raised_on=today, sent_on=today,
        due_on=today - dt.timedelta(days=9), number=f"{made.task}号", answer_due_on=today,
    ).pk  # fmt: skip


def _released(case: Case, pk: int, county: County) -> str:
    """A file that the public may have, prepared by one and released by another."""
    file = case.attachments.get(pk=pk)
    files.describe(file, by=county.clerk, title="图纸", alt_text="一张图纸", consent=True)
    files.release(file, by=county.office)
    return file.public_key


def _suggestion(name: str, county: County) -> Any:
    return suggestions.receive(
        title=f"{name}的反映", problem="路灯不亮。", region=county.village, form_token=name
    )


__all__ = ["CASE_WAYS", "MATTERS", "PUBLISHED", "SEATS", "Matter", "World", "build", "case_data"]
