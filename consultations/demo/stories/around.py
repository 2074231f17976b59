"""What stands around the cases: people to reach in the units, their remits, notes, the press."""

from __future__ import annotations

from committees.models import HandlingUnit, Member, Origin, UnitContact
from consultations.demo.places import TOWNSHIPS, UNITS
from consultations.demo.walk import Plot, Walk
from consultations.models import Case, HomeBlock, Meeting, Remit, SavedView, Task, TopicField
from consultations.services import answers, media, notes, saved_views, supervision

# What each bureau answers for in the county; the townships look after their villages.
FIELDS = {
    "transport": ("transport",), "housing": ("housing", "facilities"), "water": ("land",),
    "farming": ("land", "industry-culture"), "health": ("health", "care"),
    "schools": ("education",), "culture": ("heritage", "industry-culture"),
    "environment": ("environment", "living"), "market": ("business", "facilities"),
    "land": ("land",), "power": ("facilities",),
}  # fmt: skip
OF_TOWNSHIPS = ("village", "civility")
LAMPS, STALLS, SMOKE = "村里的路灯一半是黑的", "集镇摊位怎么摆才不堵路", "烧烤店的油烟和楼上的窗户"
RAIN = "一下雨街面就积水"
# days ago, case, task, how, what was said; the others are late with theirs
TALKS = (
    (70, LAMPS, "安装反光桩", "site", "和村民在急弯处看过，定下两侧各装八根。"),
    (70, LAMPS, "更换55盏路灯的电瓶", "site", "和村干部从村口数到村尾，记下不亮的55盏。"),
    (12, RAIN, "加深排水沟，改造雨水口", "face", "和街上八户商量，先改最低的两个雨水口。"),
)  # fmt: skip
BUS, BRIDGE = "到县医院看病，来回车费四十元", "村口桥栏断了三年"


def _case(title: str) -> Case:
    return Case.objects.get(origin=Origin.DEMO, title=title)


def units(walk: Walk) -> Plot:
    """Who is reached in each unit, and in one of them who was reached before; a unit below it."""
    yield 360
    transport, county = walk.places.units["transport"], walk.places.regions["county"]
    HandlingUnit.objects.create(
        code="demo-roads", name="演示县公路养护站", kind="public", region=county,
        parent=transport, remit="县道和村道的小修、清扫、水毁抢通", origin=Origin.DEMO,
    )  # fmt: skip
    UnitContact.objects.create(
        unit=transport, name="示当归", post="办公室主任", office_phone="演示 0001",
        valid_from=walk.day(900), valid_until=walk.day(200),
    )  # fmt: skip
    for key in (*UNITS, *(f"town.{town}" for town in TOWNSHIPS)):
        unit = walk.places.units[key]
        officer = walk.cast["officer" if key == "transport" else f"officer.{key}"]
        since = walk.day(199 if key == "transport" else 700)
        UnitContact.objects.create(
            unit=unit, name=officer.display_name, post="经办人", office_phone="演示 0002",
            valid_from=since,
        )  # fmt: skip
        _remits(walk, key, unit)


def _remits(walk: Walk, key: str, unit: HandlingUnit) -> None:
    level = "county" if key in FIELDS else "township"
    for code in FIELDS.get(key, OF_TOWNSHIPS):
        Remit.objects.create(
            unit=unit, field=TopicField.objects.get(code=code), level=level, region=unit.region,
            valid_from=walk.day(900),
        )  # fmt: skip


def press(walk: Walk) -> Plot:
    """The county's paper told of the meeting about the bus, and later of the bus itself."""
    yield 240
    case = _case(BUS)
    rows = [
        {"title": f"{title}（演示）", "outlet": "演示县融媒体中心", "published_on": day, "url": ""}
        for title, day in (("一趟公交怎么商量出来", walk.day(322)),
                           ("卫生院门口有了公交站", walk.day(265)))
    ]  # fmt: skip
    media.save_reports(case.meetings.get(), by=walk.cast["office"], version=case.version, rows=rows)
    walk.clock.tick()


def first_talks(walk: Walk) -> Plot:
    """Some units spoke with the people before they began to work, others have still to."""
    for ago, case, task, way, text in TALKS:
        yield ago
        walk.step(
            Task.objects.get(case=_case(case), title=task), "record_contact",
            talked_on=walk.day(ago), way=way, text=text,
        )  # fmt: skip


def colleagues(walk: Walk) -> Plot:
    """Notes for each other, a leader who follows a case, a list the office shares."""
    yield 20
    office = walk.cast["office"]
    bridge = _case(BRIDGE)
    supervision.begin_key_supervision(
        bridge, by=office, version=bridge.version, leader="演景行（县政协副主席）",
        aim="查清桥归谁管，年内把栏杆修好。", began_on=walk.day(20),
    )  # fmt: skip
    walk.clock.tick()
    yield 3
    saved_views.save(
        SavedView(listed="case"), by=office, name="已经逾期的", query={"due": "late"},
        columns=["title_shown", "stage_shown", "due_shown", "owner", "studio"],
        shared_in=walk.places.regions["county"], is_default=False,
    )  # fmt: skip
    yield 1
    notes.write_note(
        _case(STALLS), by=walk.cast["liaison"], pinned=True, mentions=[office],
        text="@演知秋 摊主里有两位不认字，会上商定的话我念了两遍，补写记录时我会注明。",
    )  # fmt: skip
    notes.write_note(
        _case(LAMPS), by=office, mentions=[walk.cast["liaison"]],
        text="@示小满 住建局那一段还差十来盏，下次赶集天顺路去看一眼。",
    )  # fmt: skip
    walk.clock.tick()


def invitation(walk: Walk) -> Plot:
    """A member has said that he will come; the place tells everybody that they may listen."""
    yield 4
    member = Member.objects.get(user=walk.cast["member.jinsui"])
    planned = _case(SMOKE).meetings.get(status=Meeting.Status.PLANNED)
    answers.answer_invitation(planned, by=walk.cast["member.jinsui"], member=member, is_coming=True)
    HomeBlock.objects.create(
        region=walk.places.regions["county"], title="滨河路协商会可以旁听（演示）",
        text="住在附近的都可以来听。座位不多，请提前十分钟到。",
        link=f"/cases/{planned.case_id}/", link_text="看看要商量什么", order=10,
    )  # fmt: skip
    walk.clock.tick()


AROUND = (units, press, first_talks, colleagues, invitation)
