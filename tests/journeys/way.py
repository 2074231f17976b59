"""The usual way of a case, section by section, each taken by the right person over HTTP.

`wrong` lists who is refused first at every step of the section. The happy journey walks the steps
one by one; the other journeys begin where these sections leave off.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from consultations.models import Case, Meeting, Suggestion, Task
from tests.journeys.conftest import Town
from tests.journeys.office import record_of, take, write
from tests.journeys.visitors import Visitor

TITLE = "东沟渗水，下游插秧缺水"
PROBLEM = "东沟有三处渗水，下游两个组的田插秧时没有水。\n村里说过几次，一直没有修。"
SUMMARY = "东沟修好了三处渗水，下游两个组插秧不再缺水。"
RESULT = "三处渗水已修复，下游两个组的水田恢复灌溉。"


def day(ahead: int = 0) -> str:
    return (timezone.localdate() + dt.timedelta(days=ahead)).isoformat()


def suggest(town: Town) -> tuple[Visitor, str]:
    """A resident chooses the place by links, fills in one form and gets a code."""
    resident = Visitor()
    resident.open("/propose/")
    resident.follow(f"?region={town.county.region.code[:4]}")
    resident.follow(f"?region={town.county.region.code}")
    page = resident.send(
        title=TITLE, problem=PROBLEM, wish="插秧前修好。", place="东沟",
        region=town.county.township.code, consent=True,
    )  # fmt: skip
    assert page.path == "/propose/done/", page.complaints
    code = next(e.words for e in page.root if "code" in e.classes)
    return resident, code


def followed(resident: Visitor, code: str) -> str:
    """What the resident reads under the code."""
    resident.open("/track/")
    page = resident.send(code=code)
    assert not page.complaints
    return page.text


def accept(town: Town) -> Case:
    """The office takes the newest suggestion up as a draft."""
    suggestion = Suggestion.objects.latest("pk")
    town.office.open("/admin/consultations/suggestion/")
    town.office.follow(f"/suggestion/{suggestion.pk}/change/")
    page = town.office.send("accept", box="csrfmiddlewaretoken")
    case = Case.objects.get(suggestions=suggestion)
    assert page.path == record_of(case)
    return case


def complete(town: Town, case: Case) -> None:
    """The office adds what the resident was not asked: studio, sensitivity, the sides."""
    write(case, "edit/", town.office, studio=town.county.studio.name, sensitivity="normal")
    write(case, "sides/", town.office, s__0__name="上游村民", s__1__name="下游村民")


def log(town: Town) -> Case:
    """The studio's clerk logs a topic; nothing more than the few fields of the form."""
    town.clerk.open("/admin/consultations/case/add/")
    town.clerk.send(
        title=TITLE, problem=PROBLEM, region="柳树村", place="东沟", source="residents",
        studio=town.county.studio.name, sensitivity="normal", sides="上游村民\n下游村民",
    )  # fmt: skip
    case = Case.objects.latest("pk")
    assert town.clerk.page.path == record_of(case), town.clerk.page.complaints
    return case


def to_research(town: Town, case: Case) -> None:
    take(case, "submit", town.clerk)
    take(case, "approve", town.leader, opinion="同意立题。")
    take(case, "start_research", town.clerk, plan="周三到东沟看，再到下游两个组入户。")
    visit(town, case)


def visit(town: Town, case: Case, **refused) -> None:
    take(
        case, "log_visit", town.member, **refused, visited_on=day(), place="东沟", method="site",
        people_met="12", findings="三处渗水，最大的一处在二组坝口。",
    )  # fmt: skip


def call(town: Town, case: Case, *, ahead: int = 0, **refused) -> Meeting:
    take(
        case, "schedule", town.clerk, **refused, starts_at=f"{day(ahead)}T09:30",
        room=str(town.county.room.pk), form="room", name="东沟协商会",
    )  # fmt: skip
    return case.meetings.get(status="planned")


def note_down(town: Town, case: Case, *, items: tuple[str, ...] = (), **refused) -> None:
    """The record of the meeting: people by side, statements, what was agreed."""
    meeting = case.meetings.get(status="planned")
    sides = list(case.sides.order_by("pk").values_list("pk", flat=True))
    typed = {
        "p__0__name": "李明", "p__0__capacity": "host", "p__0__attended": True,
        "p__1__capacity": "party", "p__1__side": sides[0], "p__1__count": "5",
        "p__1__attended": True,
        "p__2__capacity": "party", "p__2__side": sides[1], "p__2__count": "6",
        "p__2__attended": True,
        "s__0__speaker": "李明", "s__0__kind": "proposal", "s__0__text": "先修最大的一处。",
        "head_count": "12", "summary": "上下游坐到一起，商定先修坝口。",
    }  # fmt: skip
    for place, text in enumerate(items):
        typed |= {f"i__{place}__text": text, f"i__{place}__route": "county",
                  f"i__{place}__owner": "县水务局", f"i__{place}__due_on": day(60)}  # fmt: skip
    write(case, f"meeting/{meeting.pk}/", town.clerk, **refused, **typed)


def conclude(town: Town, case: Case, **refused) -> None:
    take(case, "conclude", town.clerk, **refused, held_on=day(), read_back=True,
         host_confirmed=True)  # fmt: skip


def to_agreement(town: Town, case: Case) -> None:
    call(town, case)
    note_down(town, case, items=("修好东沟三处渗水",))
    conclude(town, case)


def split(town: Town, case: Case, **refused) -> None:
    """The first agreed item becomes two tasks, one for each unit."""
    write(
        case, "outcome/", town.clerk, **refused,
        i__0__t__0__title="修好坝口渗水", i__0__t__0__unit=town.county.unit.name, i__0__t__1__title="清理沟边道路", i__0__t__1__unit=town.county.other_unit.name,
    )  # fmt: skip


def to_handling(town: Town, case: Case) -> None:
    split(town, case)
    take(case, "submit_outcome", town.director)
    take(case, "approve_outcome", town.approver, opinion="同意。")
    take(case, "file", town.office)


def new_case_in_handling(town: Town) -> Case:
    case = log(town)
    to_research(town, case)
    to_agreement(town, case)
    to_handling(town, case)
    return case


def task_of(case: Case, number: int = 1) -> Task:
    return case.tasks.select_related("case").get(number=number)


def answer(town: Town, task: Task, *, officer=None, leader=None) -> None:
    """Drafted by the officer, signed by the leader, accepted by the office."""
    take(task, "draft_reply", officer or town.officer, body="一、坝口渗水已修好，沟边道路已清理。",
         result_class="A")  # fmt: skip
    take(task, "reply", leader or town.unit_leader, number="水复〔1〕号")
    take(task, "accept_reply", town.office)


def finish(town: Town, task: Task, *, officer=None, leader=None) -> None:
    """Signed for, answered, and verified by a member."""
    take(task, "sign_for", officer or town.officer)
    answer(town, task, officer=officer, leader=leader)
    take(task, "verify_true", town.member, method="site", finding="到坝口看过，不渗了。")


def publish(town: Town, case: Case) -> None:
    write(case, "public-text/", town.office, public_summary=SUMMARY, result=RESULT)
    take(case, "publish", town.office2)
