"""One record of each kind that a constraint of `test_constraints` is about."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from committees import models as who
from consultations import models as what
from tests.factories import a_case, a_county, case_at, task_at, task_step, walk_task

DAY = dt.date(2026, 6, 10)
EVE = DAY - dt.timedelta(days=1)
NOW = timezone.now()


def a_report():
    return who.SourceReport.objects.get_or_create(code="r", defaults={"title": "报道"})[0]


def guide():
    return what.GuidePutAway.objects.create(user=a_county().office, role="leader")


def block(**fields):
    return what.HomeBlock.objects.create(**{"title": "通知"} | fields)


def notice():
    return what.Notice.objects.create(recipient=a_county().office, kind="overdue", key="k",
                                      case=a_case())  # fmt: skip


def letter(**fields):
    return what.Delivery.objects.create(
        **{"recipient": a_county().office, "what": "digest", "key": "k"} | fields
    )


def feed():
    return what.CalendarFeed.objects.create(user=a_county().office, digest="d")


def a_campaign():
    return what.Campaign.objects.create(code="c", name="院坝协商", committee=a_county().committee)


def saved_view(**fields):
    return what.SavedView.objects.create(
        **{"owner": a_county().office, "listed": "case", "name": "逾期"} | fields
    )


def advice():
    return what.Advice.objects.create(
        code="a", kind="proposal", title="提案", committee=a_county().committee
    )


def task(state="handling"):
    return task_at(state)


def suspended():
    return task("suspended").suspensions.get()


def extension():
    found = task()
    task_step(found, "request_extension")
    return found.extension_requests.get()


def reply():
    return task("replied").replies.get()


def progress():
    found = task()
    task_step(found, "report_progress")
    return found.progress.get()


def verification():
    return walk_task(task(), "verified").verifications.get()


def passed(**fields):
    found = task()
    values = {"case": found.case, "task": found, "kind": "task", "due_on": EVE, "since": DAY}
    return what.Overdue.objects.create(**values | fields)


def passed_of_case():
    return passed(task=None, kind="filing", case=a_case())


def urging(**fields):
    found = task()
    values = {"task": found, "unit": found.unit, "rung": "slip", "level": "red", "due_on": EVE,
              "raised_on": DAY}  # fmt: skip
    return what.Urging.objects.create(**values | fields)


def sent_urging():
    return urging(sent_on=DAY, number="1号")


def supervisor_link():
    return what.SupervisorLink.objects.create(
        case=a_case(), called="王大姐", digest="0" * 64, issued_by=a_county().office,
        expires_at=NOW + dt.timedelta(days=30),
    )  # fmt: skip


def returned_outcome():
    case = case_at("party_review")
    return what.Approval.objects.create(
        case=case, kind="outcome", approved=False, opinion="不同意", decided_by=a_county().approver
    )


def commitment():
    case = case_at("handling", items=[{"commitments": 1}])
    return what.Commitment.objects.get(item__case=case)


def suggestion():
    return what.Suggestion.objects.create(title="灯", problem="暗", region=a_county().village)


def metric():
    return a_case().metrics.create(name="车费", before=40, after=4, unit="元", is_headline=True)


def link():
    return a_case().links.create(other=a_case())


def attachment():
    return a_case().attachments.create(kind="photo", title="照片", file="x.jpg")


def stage_name():
    return what.StageName.objects.create(region=a_county().region, stage="draft", name="草拟")


def remit():
    county = a_county()
    field = what.TopicField.objects.create(code="remit-field", name="水利")
    return county.unit.remits.create(
        field=field, level="county", region=county.region, valid_from=DAY
    )


def handover():
    return task("dispatched").handovers.get()


def conference():
    county = a_county()
    return task("dispatched").conferences.create(
        held_on=DAY, participants="两个单位", minutes="由水务局办理。", unit=county.unit,
        recorded_by=county.office,
    )  # fmt: skip


def contact():
    return a_county().unit.contacts.create(name="陈工", valid_from=DAY)


def invited():
    meeting = case_at("scheduled").meetings.get()
    member = who.Member.objects.create(name="李委员")
    by = a_county().member
    return meeting.answers.create(member=member, is_coming=True, answered_by=by)


def another_member():
    return who.Member.objects.create(name="王委员")


def activation():
    return who.Activation.objects.create(
        user=a_county().office, purpose="new", digest="a", expires_at=NOW + dt.timedelta(days=3)
    )


def activity():
    county = a_county()
    return county.studio.activities.create(
        kind="study", title="学习", recorded_by=county.clerk, released_by=county.office
    )


def sector_contact():
    member = who.Member.objects.create(name="李委员")
    return member.contacts.create(kind="talk", head_count=5, recorded_by=a_county().office)


def checklist():
    return a_county().region.checklists.create(of="studio", title="五个一", valid_from=DAY)


def mark():
    county = a_county()
    line = checklist().lines.create(text="有一块牌子")
    return line.marks.create(studio=county.studio, marked_by=county.office)


def room_mark():
    county = a_county()
    line = checklist().lines.create(text="有一块牌子")
    return line.marks.create(room=county.room, marked_by=county.office)


def group():
    return a_county().committee.groups.create(name="第一联络组", kind="liaison")


def scheme():
    return a_county().region.duty_schemes.create(title="量化办法", valid_from=DAY)


def duty_rule():
    return scheme().rules.create(kind="visit", points=2)


def other_place(of: str):
    return lambda: getattr(a_county("539941"), of)


# constraint | a good record | the change that breaks it
