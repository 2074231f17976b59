"""What goes on in the studios besides the cases: plans, activities, the norm, groups, contacts."""

from __future__ import annotations

from committees.models import (
    Checklist,
    DutyKind,
    DutyScheme,
    GroupMembership,
    Member,
    MemberGroup,
)
from committees.partial_dates import PartialDate
from committees.services.contacts import record_contact
from consultations.demo.walk import Plot, Walk
from consultations.selectors.members import members_of_studios
from consultations.selectors.studio_life import points_of
from consultations.services import studio_life as life

PLAN = (
    "一、每季度至少开一次院坝协商，议题从接待日和委员走访里来。\n"
    "二、每月逢集第一个赶场天，委员在工作室接待群众。\n"
    "三、商定的事每半年回头看一次，没办实的再商量。（演示）"
)
POINTS = ("有固定的场所和牌子", "有联系的委员和联络员", "有年度计划", "有公开的接待时间",
          "有议题和办理情况的台账", "有群众的评价和反馈")  # fmt: skip
# studio, days ago, kind, title, what was done, how many, released
ACTIVITIES = (
    ("yunxi", 74, "reception", "赶集日接待群众", "两位委员接待，听到路灯、班车两件事，已经写成议题。", 23, True),
    ("yunxi", 41, "inspection", "看两处沟渠", "委员和村干部一起走了两段沟，记下三处渗漏。", 9, True),
    ("yunxi", 8, "study", "学习协商规程", "学习县里的协商办法，讨论怎样请到不同意见的人。", 14, False),
    ("jinsui", 55, "service", "义诊一上午", "医卫界委员到农贸市场义诊。", 61, True),
    ("shiqiao", 33, "publicity", "讲惠企政策", "给正街的店主讲解办证和减税的办法。", 28, True),
)  # fmt: skip
# days ago, kind, how many, what they raised
CONTACTS = ((63, "visit", 5, "末班车太早，老人看病回不来"), (37, "talk", 18, "集市摊位怎么摆"),
            (15, "reception", 7, "村口路灯晚上不亮"), (4, "phone", 1, ""))  # fmt: skip
POINTS_OF = {
    DutyKind.MEETING: (2, 20), DutyKind.VISIT: (2, 20), DutyKind.TOPIC: (3, 15),
    DutyKind.VERIFICATION: (2, 10), DutyKind.CONTACT: (1, 10), DutyKind.ACTIVITY: (1, 10),
}  # fmt: skip


def studio_life(walk: Walk) -> Plot:
    """The papers first, then the days of the studios in their order."""
    yield 130
    _papers(walk)
    for key in walk.places.studios:
        life.save_plan(
            walk.places.studios[key], by=walk.cast[_name("director", key)],
            year=walk.clock.today.year, text=PLAN,
        )  # fmt: skip
    days = sorted(
        [(row[1], _activity, row) for row in ACTIVITIES]
        + [(row[0], _contact, row) for row in CONTACTS],
        key=lambda day: -day[0],
    )
    for ago, tell, row in days:
        yield ago
        tell(walk, row)
    yield 3
    _look_through(walk)


def _name(role: str, key: str) -> str:
    """The main accounts of 云溪 have short names, the colleagues that of their township."""
    return role if key == "yunxi" else f"{role}.{key}"


def _papers(walk: Walk) -> None:
    county, committee = walk.places.regions["county"], walk.places.committee
    since = walk.day(130)
    norm = Checklist.objects.create(
        region=county, of="studio", title="委员工作室“六有”（演示）", valid_from=since
    )
    for number, text in enumerate(POINTS, start=1):
        norm.lines.create(number=number, text=text)
    scheme = DutyScheme.objects.create(
        region=county, title="委员履职量化办法（演示）", base=60, cap=100, valid_from=since
    )
    for kind, (points, cap) in POINTS_OF.items():
        scheme.rules.create(kind=kind, points=points, cap=cap)
    for name, kind, town in (("云溪片区委员联络组（演示）", "liaison", "yunxi"),
                             ("云溪镇协商议事会（演示）", "council", "yunxi"),
                             ("医卫界活动组（演示）", "sector", "jinsui")):  # fmt: skip
        group = MemberGroup.objects.create(
            committee=committee, region=walk.places.regions[town], name=name, kind=kind,
            formed_on=PartialDate.parse(str(since.year)),
        )  # fmt: skip
        for place, member in enumerate(members_of_studios([walk.places.studios[town].pk])):
            GroupMembership.objects.create(
                group=group, member=member, post="" if place else "组长",
                valid_from=PartialDate.parse(str(since.year)),
            )  # fmt: skip
    Member.objects.filter(user=walk.cast["member"]).update(is_public=True)


def _activity(walk: Walk, row: tuple) -> None:
    key, ago, kind, title, summary, count, released = row
    studio = walk.places.studios[key]
    activity = life.record_activity(
        studio, by=walk.cast[_name("liaison", key)], kind=kind, title=title, summary=summary,
        head_count=count, held_on=walk.day(ago), members=members_of_studios([studio.pk]),
    )  # fmt: skip
    if released:
        life.release_activity(activity, by=walk.cast[_name("director", key)])
    walk.clock.tick()


def _contact(walk: Walk, row: tuple) -> None:
    ago, kind, count, raised = row
    user = walk.cast["member"]
    record_contact(
        Member.objects.get(user=user), by=user, held_on=walk.day(ago), kind=kind,
        head_count=count, raised=raised,
    )  # fmt: skip
    walk.clock.tick()


def _look_through(walk: Walk) -> None:
    """In 云溪 all points but the last two are met; one is on its way."""
    studio = walk.places.studios["yunxi"]
    _norm, points = points_of(studio)
    rows = [(p.line, p.line.number <= 4, "正在整理" if p.line.number == 5 else "") for p in points]
    life.mark_points(studio, by=walk.cast["liaison"], rows=rows)
