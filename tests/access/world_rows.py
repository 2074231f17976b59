"""The rows of the lists of the world: one for each seat, and those of the whole site."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from committees import audit
from committees import models as who
from committees.models import User
from committees.partial_dates import PartialDate
from committees.services import contacts
from consultations import models as what
from consultations.services import jobs
from tests.people import County, a_region

if TYPE_CHECKING:
    from tests.access.world import World

# The same rows for people who see them by another right.
OTHER_WORDS = {"my_studio": "studio", "my_activity": "activity", "public_member": "member",
               "public_unit": "unit"}  # fmt: skip
PHOTO = b"\x89PNG\r\n\x1a\n"


def rows_of_follow_up(case: what.Case, *, by: User) -> dict[str, Any]:
    """What hangs on a case after the hand-over and has a page of its own."""
    return {
        "follow_up": what.FollowUp.objects.create(
            case=case, kind="appraisal", done_on=PartialDate.parse("2026-05"),
            finding="会上评议。"),
        "rating": what.Rating.objects.create(
            case=case, rater="affected", channel="call", result="dissatisfied", reason="还在漏。"),
        "supervision": what.KeySupervision.objects.create(
            case=case, leader="县政协主席", aim="东沟通水", set_by=by),
        "conversion": what.Conversion.objects.create(
            case=case, kind="proposal", title=f"{case.title}的提案", sent_to="县政协提案委"),
        "instruction": what.Instruction.objects.create(
            case=case, level="county", leader="县长", subject=f"{case.title}的批示",
            given_on=PartialDate.parse("2026-05")),
    }  # fmt: skip


def rows_at(world: World, seat: str, county: County) -> None:
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
        "phrase": who.EmptyPhrase.objects.create(region=region, phrase="高度重视"),
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
        "letter": what.Delivery.objects.create(
            recipient=county.clerk, what="digest", key=f"digest:{seat}"),
        "user": county.clerk, "grant": county.clerk.grants.get(),
        "audit": audit.record(who.AuditEntry.Kind.RECORD, by=county.office, about=region,
                              region=region.code),
    }  # fmt: skip
    for kind, row in made.items():
        world.rows.setdefault(kind, {})[seat] = row
    for kind, of in OTHER_WORDS.items():
        world.rows[kind] = world.rows[of]


def rows_of_the_site(world: World) -> None:
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
        "queued": a_queued_job(),
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
    told = what.Notice.objects.filter(case=world.matters["own_handling"].case)
    office = world.counties["own"].office
    world.rows["notice"] = {"own": told.filter(recipient=office).first(),
                            "other": told.exclude(recipient=office).first()}  # fmt: skip


def a_queued_job() -> DBTaskResult:
    jobs.beat.enqueue()
    return DBTaskResult.objects.get()


def _member_of(user: User) -> Any:
    """A contact that somebody wrote as a member."""
    member = who.Member.objects.create(name=str(user), user=user)
    return contacts.record_contact(
        member, by=user, held_on=timezone.localdate(), kind="visit", head_count=3, raised="路灯"
    )
