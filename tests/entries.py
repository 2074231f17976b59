"""What people type at each step: data with which a step is complete."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from committees.partial_dates import PartialDate
from consultations.models import Case, Task
from tests.people import County


def case_data(case: Case, action: str, county: County) -> dict[str, Any]:
    """Data with which a step of a case is complete."""
    today = timezone.localdate()
    build = {
        "split": lambda: {
            "split": {"title": "柳树村机耕桥破损", "problem": "桥面破损，过不了车。"}
        },
        "refer": lambda: {"channel": "县信访局"},
        "defer": lambda: {"review_on": today + dt.timedelta(days=90)},
        "approve": lambda: {"opinion": "同意立题。", "decided_on": today, "number": ""},
        "start_research": lambda: {"plan": "工作室委员两人，本周入户走访上下游各五户。"},
        "log_visit": lambda: {"visit": visit_fields()},
        "approve_research": lambda: {"opinion": "调研充分，同意协商。", "decided_on": today},
        "schedule": lambda: {"meeting": meeting_fields(county)},
        "postpone": lambda: {"starts_at": at_nine(today + dt.timedelta(days=14))},
        "conclude": lambda: held_fields() | {"read_back": True, "host_confirmed": True},
        "conclude_without_consensus": lambda: held_fields() | {"dissent": "水量如何分配未谈拢。"},
        "convert": lambda: {"conversion": {"kind": "proposal", "title": "关于整修东沟的提案"}},
        "approve_outcome": lambda: {"opinion": "同意。", "decided_on": today, "number": ""},
        "return_outcome": lambda: {
            "item_reasons": {
                item.pk: "责任单位不明。" for item in case.items.order_by("number")[:1]
            }
        },
        "close": lambda: {"closing_note": "资料齐全。", "exemption": "仅涉及个别农户，不公开。"},
        "reopen": lambda: {"tasks": list(case.tasks.all()), "ground": "群众反映沟渠再次渗漏"},
    }.get(action, dict)
    return {"reason": "测试所需的理由。"} | build()


def at_nine(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(9)))


def visit_fields(**fields: Any) -> dict[str, Any]:
    day = PartialDate.parse(timezone.localdate())
    return {"visited_on": day, "place": "柳树村三组", "method": "household", "people_met": 10,
            "findings": "东沟两处渗漏，下游缺水。"} | fields  # fmt: skip


def meeting_fields(county: County, **fields: Any) -> dict[str, Any]:
    """A meeting of this morning, so that it can be concluded at once."""
    return {
        "starts_at": at_nine(timezone.localdate()),
        "room": county.room,
        "form": "room",
    } | fields


def held_fields() -> dict[str, Any]:
    return {"held_on": PartialDate.parse(timezone.localdate()), "head_count": 21}


def a_conference(**fields: Any) -> dict[str, Any]:
    """What is typed about a binding conference."""
    return {"held_on": timezone.localdate(), "participants": "县政府办、县水务局、县交通运输局",
            "minutes": "会商定由水务局办理。"} | fields  # fmt: skip


def task_data(task: Task, action: str, county: County) -> dict[str, Any]:
    """Data with which a step of a task is complete."""
    today = timezone.localdate()
    build = {
        "sign_for": lambda: {"handler": "陈工"},
        "request_return": lambda: {"basis": "部门职责清单第三条", "suggested_unit": "县交通运输局"},
        "reassign": lambda: {"unit": county.other_unit, "conference": ""},
        "report_progress": lambda: {"text": "材料已进场。", "percent": 40},
        "give_opinion": lambda: {"text": "同意按此设计施工。", "stance": "agrees"},
        "note_dissent": lambda: {"text": "本单位认为仍应由原单位办理。"},
        "move_unit": lambda: {"unit": county.other_unit, "ground": "县机构改革方案第四条"},
        "record_contact": lambda: {"talked_on": today, "way": "site", "text": "与三组村民现场核实渗漏位置。"},
        "settle_dispute": lambda: {
            "level": "lead", "settled_on": today, "position": "先修东沟。",
            "text": "东沟先修，路面恢复由交通局负责。"},
        "request_extension": lambda: {"new_due_on": (task.due_on or today) + dt.timedelta(days=20)},
        "suspend": lambda: {"cause": "season", "until": today + dt.timedelta(days=60)},
        "draft_reply": lambda: {
            "body": "两处渗漏已修复。", "result_class": "A", "meaning": "solved",
            "promise_on": today + dt.timedelta(days=120)},
        "reply": lambda: {"number": "青水函〔2026〕3号", "opinion_decision": "", "flags_confirmed": True},
        "verify_true": lambda: {"method": "site", "finding": "已通水。"},
        "verify_partly": lambda: {"method": "site", "finding": "一处已修好，一处仍在渗水。"},
        "verify_false": lambda: {"method": "household", "finding": "仍在渗水。"},
        "look_back": lambda: {"outcome": "solved", "finding": "承诺已兑现。"},
    }.get(action, dict)  # fmt: skip
    return {"reason": "测试所需的理由。", "paper_note": "电话记录第1号"} | build()
