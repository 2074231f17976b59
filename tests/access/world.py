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

from committees import audit
from committees import models as who
from committees.models import HandlingUnit, Region, Room, Studio, User
from committees.partial_dates import PartialDate
from committees.services import contacts
from consultations import models as what
from consultations.models import Case
from consultations.services import files, milestones, notes, records, suggestions, supervisors
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
# The same rows for people who see them by another right.
OTHER_WORDS = {"my_studio": "studio", "my_activity": "activity", "public_member": "member"}
PHOTO = b"\x89PNG\r\n\x1a\n"
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
    key: str = "nothing"


@dataclass
class World:
    people: dict[str, User]
    counties: dict[str, County]
    matters: dict[str, Matter] = field(default_factory=dict)
    # Besides the matters: a draft of the village clerk with the member as helper, and one that ended.
    draft: Any = None
    ended: Any = None
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
    world.draft = a_case(county=own, by=people["village_clerk"], title="own_draft的草稿")
    world.draft.helpers.add(people["member"])
    world.ended = case_at("rejected", county=own, title="own_ended的旧事")
    for seat in SEATS:
        _rows_at(world, seat, counties["own" if seat == "own_county" else seat])
    _rows_of_the_site(world)
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
    case.refresh_from_db()


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


# --- the lists ----------------------------------------------------------------------------------


def _rows_at(world: World, seat: str, county: County) -> None:
    """One row of each list that belongs to a place."""
    committee, region = county.committee, county.region
    when = PartialDate.parse("2026")
    is_shown = seat == "own_county"
    photo = SimpleUploadedFile("photo.png", PHOTO, content_type="image/png")
    member = who.Member.objects.create(
        name=f"{seat}的委员", photo=photo, photo_consent=True, is_public=is_shown,
        photo_is_public=is_shown,
    )  # fmt: skip
    norm = who.Checklist.objects.create(region=region, of="studio", title=f"{seat}的五个一")
    point = who.ChecklistLine.objects.create(checklist=norm, text="有场所")
    who.Seat.objects.create(member=member, committee=committee, valid_from=when)
    advice = what.Advice.objects.create(
        code=f"advice-{seat}", kind="proposal", title=f"{seat}的提案", committee=committee,
        given_on=when,
    )  # fmt: skip
    made = {
        "studio": county.studio, "room": county.room, "unit": county.unit, "committee": committee,
        "member": member, "advice": advice,
        "special": who.SpecialCommittee.objects.create(name=f"{seat}专委会", committee=committee),
        "parameter": who.Parameter.objects.create(region=region, key="topic_gate", value="leader"),
        "result": who.ResultClass.objects.create(region=region, code="A", label="解决", meaning="solved"),
        "stage_name": what.StageName.objects.create(region=region, kind="case", stage="closed", name="办好了"),
        "home_block": what.HomeBlock.objects.create(region=region, title=f"{seat}的通知", text="停水。"),
        "campaign": what.Campaign.objects.create(
            code=f"brand-{seat}", name=f"{seat}的品牌", committee=committee),
        "instruction": what.Instruction.objects.create(
            level="county", subject=f"{seat}的批示", committee=committee, given_on=when),
        "plan": who.StudioPlan.objects.create(studio=county.studio, year=2026, text="走访"),
        "activity": who.StudioActivity.objects.create(
            studio=county.studio, kind="study", title=f"{seat}的学习", recorded_by=county.clerk),
        "checklist": norm,
        "mark": who.ChecklistMark.objects.create(
            line=point, studio=county.studio, is_met=True, marked_by=county.clerk),
        "group": who.MemberGroup.objects.create(
            committee=committee, name=f"{seat}的小组", kind="liaison"),
        "scheme": who.DutyScheme.objects.create(region=region, title=f"{seat}的办法"),
        "user": county.clerk, "grant": county.clerk.grants.get(),
        "audit": audit.record(who.AuditEntry.Kind.RECORD, by=county.office, about=region,
                              region=region.code),
    }  # fmt: skip
    for kind, row in made.items():
        world.rows.setdefault(kind, {})[seat] = row
    for kind, of in OTHER_WORDS.items():
        world.rows[kind] = world.rows[of]


def _rows_of_the_site(world: World) -> None:
    """One row of each list that belongs to no place."""
    report = who.SourceReport.objects.create(
        code="report", title="报道", publisher="示例日报", published_on=PartialDate.parse("2022")
    )
    citation = who.Citation.objects.create(report=report, anchor="第一段")
    made = {
        "region": world.counties["own"].region,
        "sector": who.Sector.objects.create(code="sector", name="农业界"),
        "field": what.TopicField.objects.create(code="field", name="水利"),
        "reason": what.ReasonText.objects.create(
            subject="case", action="reject", title="不属本级", text="不属本级事权。"),
        "report": report, "citation": citation,
        "figure": what.ReportedFigure.objects.create(
            code="figure", name="议事室", value=141, unit="个", region=a_region("5399"), citation=citation),
        "job": what.JobRun.objects.create(name="run_due", started_at=timezone.now()),
        "try": who.TryCount.objects.create(
            kind="account", user=world.people["liaison"], key="k",
            locked_until=timezone.now() + dt.timedelta(hours=1)),
        "import": who.PeopleImport.objects.create(
            kind="units", token="t", by=world.counties["other_province"].office, rows=1, added=1,
            changed=0),
        "event": what.Event.objects.filter(case=world.matters["own_handling"].case).first(),
    }  # fmt: skip
    for kind, row in made.items():
        world.rows[kind] = {"site": row}
    own, other = (
        _member_of(counties.member)
        for counties in (world.counties["own"], world.counties["sibling_county"])
    )
    world.rows["contact"] = {"own": own, "other": other}


def _member_of(user: User) -> Any:
    """A contact that somebody wrote as a member."""
    member = who.Member.objects.create(name=str(user), user=user)
    return contacts.record_contact(
        member, by=user, held_on=timezone.localdate(), kind="visit", head_count=3, raised="路灯"
    )


__all__ = ["CASE_WAYS", "MATTERS", "PUBLISHED", "SEATS", "Matter", "World", "build", "case_data"]
