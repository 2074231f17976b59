"""Where the story plays: 演示县, its townships, studios, rooms, units and local rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pypinyin import Style, lazy_pinyin

from committees.models import (
    Committee,
    HandlingUnit,
    Origin,
    Parameter,
    Region,
    ResultClass,
    Room,
    Studio,
)
from committees.partial_dates import PartialDate
from consultations.models import Campaign, CampaignTarget

PROVINCE, PREFECTURE, COUNTY = "53", "5399", "539921"

# key: (code, name, short name)
TOWNSHIPS = {
    "chengnan": ("539921001", "城南街道", "城南"),
    "yunxi": ("539921100", "云溪镇", "云溪"),
    "jinsui": ("539921101", "金穗镇", "金穗"),
    "shiqiao": ("539921102", "石桥镇", "石桥"),
    "qinghe": ("539921200", "青禾乡", "青禾"),
    "zhuping": ("539921201", "竹坪乡", "竹坪"),
}
VILLAGES = {
    "xingfu": ("539921001001", "幸福社区", "幸福社区"),
    "liuba": ("539921100201", "柳坝村", "柳坝村"),
    "zhuyuan": ("539921201201", "竹园村", "竹园村"),
}
# key: (name, kind, remit)
UNITS = {
    "transport": ("演示县交通运输局", "government", "农村公路、公交和客运、桥梁养护"),
    "housing": ("演示县住房和城乡建设局", "government", "城镇道路、排水、路灯、物业、老旧小区改造"),
    "water": ("演示县水务局", "government", "农村供水、灌溉渠系、河道"),
    "farming": ("演示县农业农村局", "government", "土地流转、农业产业、农机、畜禽养殖"),
    "health": ("演示县卫生健康局", "government", "医院和卫生院、家庭医生、改厕"),
    "schools": ("演示县教育体育局", "government", "中小学、幼儿园、校车"),
    "culture": ("演示县文化和旅游局", "government", "非物质文化遗产、文化站、乡村旅游"),
    "environment": ("演示州生态环境局演示分局", "government", "水源保护、油烟、噪声、养殖污染"),
    "market": ("演示县市场监督管理局", "government", "集市、食品安全、计量"),
    "land": ("演示县自然资源局", "government", "用地、规划、不动产登记"),
    "power": ("演示县供电公司", "company", "农村电网、变压器、线路"),
}
RULES = {
    "filing_prefix": "演协备",
    "meeting_formula": "1+2+N",
}
# 竹坪乡 lets its Party committee approve topics: a local rule inherited by the villages below.
TOWNSHIP_RULES = {"zhuping": {"topic_gate": "party"}}
RESULT_CLASSES = [
    ("A", "已经解决或采纳", "solved"),
    ("B", "列入计划逐步解决", "in_plan"),
    ("C", "条件不够，暂不能解决", "deferred"),
    ("D", "留作参考", "reference"),
]
YEARS_BEFORE = dt.timedelta(days=3 * 365)


@dataclass
class Places:
    """What was built, by the keys of the tables above. `regions` also knows county and above."""

    committee: Committee
    campaign: Campaign
    regions: dict[str, Region] = field(default_factory=dict)
    studios: dict[str, Studio] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    units: dict[str, HandlingUnit] = field(default_factory=dict)


def exist() -> bool:
    return Region.objects.filter(code=PREFECTURE).exists()


def build(*, today: dt.date) -> Places:
    """Create everything; the province and its committee are there already."""
    regions = _regions()
    committee = _committees(regions)
    places = Places(committee, _campaign(committee, today), regions)
    for key, township in regions.items():
        if key in TOWNSHIPS:
            _studio(places, key, township)
    _units(places)
    _rules(places, since=today - YEARS_BEFORE)
    return places


def _regions() -> dict[str, Region]:
    found = {"province": Region.objects.get(code=PROVINCE)}
    rows = [("prefecture", (PREFECTURE, "演示州", "演示州"), "prefecture"),
            ("county", (COUNTY, "演示县", "演示县"), "county")]  # fmt: skip
    rows += [(key, row, "township") for key, row in TOWNSHIPS.items()]
    rows += [(key, row, "village") for key, row in VILLAGES.items()]
    above = {"prefecture": 2, "county": 4, "township": 6, "village": 9}
    for key, (code, name, short), level in rows:
        found[key] = Region.objects.create(
            code=code,
            name=name,
            short_name=short,
            level=level,
            parent_id=code[: above[level]],
            pinyin="".join(lazy_pinyin(short)),
            initials="".join(lazy_pinyin(short, style=Style.FIRST_LETTER)),
            is_demo=True,
        )
    return found


def _committees(regions: dict[str, Region]) -> Committee:
    above = Committee.objects.get(region=regions["province"])
    for key in ("prefecture", "county"):
        name = regions[key].name
        above = Committee.objects.create(
            region=regions[key],
            name=f"中国人民政治协商会议{name}委员会",
            short_name=f"{name}政协",
            parent=above,
            is_demo=True,
        )
    return above


def _campaign(committee: Committee, today: dt.date) -> Campaign:
    campaign = Campaign.objects.create(
        code="demo-courtyard",
        name="院坝协商（演示）",
        committee=committee,
        description="把凳子搬到院坝里，事情当面商量。每个乡镇每季度至少一次，商定的事一件一件跟到底。",
        formula="1+2+N",
        started_on=PartialDate.parse(str(today.year - 2)),
        origin=Origin.DEMO,
    )
    due = PartialDate.parse(f"{today.year}-late")
    for name, value, unit in (("开展院坝协商", 24, "场"), ("商定事项办实", 60, "件")):
        CampaignTarget.objects.create(
            campaign=campaign, name=name, value=value, unit=unit, due_on=due
        )
    return campaign


def _studio(places: Places, key: str, township: Region) -> None:
    where = {"committee": places.committee, "region": township, "origin": Origin.DEMO}
    places.studios[key] = studio = Studio.objects.create(
        code=f"demo-{key}",
        name=f"演示县{township.short_name}委员工作室",
        kind="area",
        description=f"联系{township.name}的委员和群众，收集议题，组织协商，跟踪商定的事。",
        address=f"{township.name}便民服务中心一楼（演示）",
        opening_hours="每周三上午有委员接待",
        **where,
    )
    places.rooms[key] = Room.objects.create(
        code=f"demo-{key}",
        name=f"演示县{township.short_name}协商议事室",
        kind="fixed",
        studio=studio,
        address=f"{township.name}便民服务中心二楼（演示）",
        **where,
    )


def _units(places: Places) -> None:
    rows = [(key, row, places.regions["county"]) for key, row in UNITS.items()]
    for key in TOWNSHIPS:
        name = f"演示县{places.regions[key].name}{'办事处' if key == 'chengnan' else '人民政府'}"
        remit = "辖区内的村社公共事务、环境卫生、矛盾调解"
        rows.append((f"town.{key}", (name, "township", remit), places.regions[key]))
    for key, (name, kind, remit), region in rows:
        places.units[key] = HandlingUnit.objects.create(
            code=f"demo-{key.replace('.', '-')}",
            name=name,
            kind=kind,
            remit=remit,
            region=region,
            origin=Origin.DEMO,
        )


def _rules(places: Places, *, since: dt.date) -> None:
    rules = [("county", RULES), *TOWNSHIP_RULES.items()]
    for key, values in rules:
        for name, value in values.items():
            Parameter.objects.create(
                region=places.regions[key], key=name, value=value, effective_from=since,
                basis="演示县协商工作办法（演示）",
            )  # fmt: skip
    for code, label, meaning in RESULT_CLASSES:
        ResultClass.objects.create(
            region=places.regions["county"], code=code, label=label, meaning=meaning
        )
