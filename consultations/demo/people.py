"""Who plays: one account for each role, and the colleagues the story needs besides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import count

from django.contrib.auth.hashers import make_password
from pypinyin import lazy_pinyin

from committees.models import Member, Origin, Role, RoleGrant, Seat, Sector, StudioSeat, User
from committees.partial_dates import PartialDate
from consultations.demo.places import TOWNSHIPS, UNITS, YEARS_BEFORE, Places
from consultations.models import Case, Task

# Known to everybody on purpose: production settings refuse the demonstration data.
PASSWORD = "yanshi-123"  # noqa: S105  it is meant to be known


@dataclass(frozen=True)
class Account:
    """Somebody who signs in. `scope` is a key of `Places`, with studio: or unit: before it."""

    username: str
    role: str
    scope: str
    name: str
    post: str
    tries: str = ""


# The accounts that are printed: one for each role, and a second person in the office.
MAIN = (
    Account("office", Role.COUNTY_OFFICE, "county", "演知秋", "县政协办公室干事",
            "从“今天要办的”开始：审一条群众点题，备案一件事，审一份办复，写一段公开文字"),
    Account("office2", Role.COUNTY_OFFICE, "county", "演行简", "县政协办公室主任",
            "发布同事写好的公开文字：写的人和发的人不能是同一个"),
    Account("leader", Role.LEADER, "county", "演景行", "县政协副主席",
            "批准一个待审的议题，或对不予立题的议题复议一次"),
    Account("party", Role.PARTY_APPROVER, "yunxi", "演守正", "云溪镇党委书记",
            "在“我的”页面（/my/）一页看完云溪镇的成果，全部同意，或退回其中一条并写明原因"),
    Account("director", Role.STUDIO_DIRECTOR, "studio:yunxi", "示清和", "云溪镇党委副书记",
            "补齐“沟水怎么轮”的责任人和期限，报党委审批"),
    Account("liaison", Role.LIAISON, "studio:yunxi", "示小满", "云溪镇工作室联络员",
            "把昨天开过的“集镇摊位”协商会记下来：谁到了、怎么说、商定了什么"),
    Account("member", Role.MEMBER, "studio:yunxi", "演望舒", "县政协委员",
            "用手机打开 /my/，到现场看一看路灯是不是真的亮了，核实一件已办复的任务"),
    Account("dispatch", Role.DISPATCH_OFFICE, "county", "演平章", "县委县政府督查室干部",
            "处理一件单位申请退办的任务，决定一份延期申请"),
    Account("officer", Role.UNIT_OFFICER, "unit:transport", "演路平", "县交通运输局经办人",
            "用手机打开 /my/：一点签收一件新任务，写一句进展，起草一份答复"),
    Account("unitleader", Role.UNIT_LEADER, "unit:transport", "演致远", "县交通运输局副局长",
            "用手机打开 /my/：签发经办人起草的答复，或申请退办、申请延期"),
    Account("village", Role.VILLAGE_CLERK, "liuba", "示禾生", "柳坝村村务专干",
            "用手机打开 /my/：看本村的事，邻村的看不到；核实一件已办复的任务"),
    Account("prefecture", Role.PREFECTURE_OFFICE, "prefecture", "演云帆", "州政协办公室",
            "看全州各县的协商事项；只看，不替县里办"),
    Account("province", Role.PROVINCE_OFFICE, "province", "演山河", "省政协办公厅",
            "看全省的协商事项；敏感的事不在其中"),
    Account("sysadmin", Role.SYSTEM_ADMIN, "county", "演守一", "系统管理员",
            "维护机构、单位和账号；看不到业务内容"),
    Account("security", Role.SECURITY_ADMIN, "county", "演慎独", "安全管理员",
            "给账号授予或收回角色"),
    Account("audit", Role.AUDIT_ADMIN, "county", "演明鉴", "审计管理员",
            "查看操作记录；只看，不改"),
)  # fmt: skip

# Given names for the colleagues, in the order in which they are needed.
GIVEN = [
    "一鸣",
    "二宝",
    "三省",
    "四海",
    "五岳",
    "六安",
    "七夕",
    "八方",
    "九歌",
    "十里",
    "春和",
    "夏至",
    "秋实",
    "冬青",
    "东篱",
    "南山",
    "西岭",
    "北辰",
    "子衿",
    "丑牛",
    "寅生",
    "卯时",
    "辰光",
    "巳月",
    "午阳",
    "未央",
    "申之",
    "酉成",
    "戌安",
    "亥末",
    "金声",
    "木石",
    "水生",
    "火旺",
    "土根",
    "山青",
    "河清",
    "海晏",
    "雨顺",
    "风调",
    "云开",
    "月明",
    "星河",
    "日新",
]
TOWN_POSTS = (
    ("party", Role.PARTY_APPROVER, "", "党委书记"),
    ("director", Role.STUDIO_DIRECTOR, "studio:", "党委副书记"),
    ("liaison", Role.LIAISON, "studio:", "工作室联络员"),
    ("member", Role.MEMBER, "studio:", "县政协委员"),
)
UNIT_POSTS = (
    ("officer", Role.UNIT_OFFICER, "经办人"),
    ("unitleader", Role.UNIT_LEADER, "分管领导"),
)
SECTORS = {"yunxi": "economy", "jinsui": "medicine", "shiqiao": "industry-commerce"}


class Cast:
    """The people by user name, and by what they hold over a case or a task."""

    def __init__(self, accounts: dict[str, tuple[Account, User]]) -> None:
        self._users = {name: user for name, (_, user) in accounts.items()}
        self._seats: dict[tuple[str, str], User] = {}
        for account, user in accounts.values():
            self._seats.setdefault((account.role, account.scope), user)

    def __getitem__(self, username: str) -> User:
        return self._users[username]

    def holder(self, roles: tuple[str, ...], subject: Case | Task) -> User:
        """The first person who holds one of the roles over this case or task."""
        case = subject if isinstance(subject, Case) else subject.case
        scopes = self._scopes(case)
        if isinstance(subject, Task) and subject.unit_id:
            scopes.insert(0, f"unit:{_key(subject.unit.code)}")
        return next(
            self._seats[role, scope]
            for role in roles
            for scope in scopes
            if (role, scope) in self._seats
        )

    @staticmethod
    def _scopes(case: Case) -> list[str]:
        town = next((key for key, row in TOWNSHIPS.items() if case.region_id[:9] == row[0]), "")
        studio = f"studio:{_key(case.studio.code)}" if case.studio_id else ""
        return [studio, town, "county", "prefecture"]


def _key(code: str) -> str:
    """The key of a studio or unit from its code: demo-town-yunxi -> town.yunxi."""
    return code.removeprefix("demo-").replace("town-", "town.")


def gather(places: Places, *, today: dt.date) -> Cast:
    """Create the accounts with their grants, seats and studio places."""
    password = make_password(PASSWORD)
    cast = {}
    for account in (*MAIN, *_colleagues(places)):
        user = User.objects.create(
            username=account.username,
            password=password,
            display_name=account.name,
            is_demo=True,
        )
        _grant(places, account, user, since=today - YEARS_BEFORE)
        _seat(places, account, user, since=today - YEARS_BEFORE)
        cast[account.username] = (account, user)
    return Cast(cast)


def _colleagues(places: Places) -> list[Account]:
    """The same posts in the other townships and units, with invented names."""
    main = {(account.role, account.scope) for account in MAIN}
    found, number = [], count()
    for town in TOWNSHIPS:
        for prefix, role, kind, post in TOWN_POSTS:
            name, place = _name(next(number)), places.regions[town].name
            found.append(Account(f"{prefix}.{town}", role, f"{kind}{town}", name, place + post))
    for unit in (*UNITS, *(f"town.{town}" for town in TOWNSHIPS)):
        for prefix, role, post in UNIT_POSTS:
            name = _name(next(number))
            title = places.units[unit].name + post
            found.append(Account(f"{prefix}.{unit}", role, f"unit:{unit}", name, title))
    return [account for account in found if (account.role, account.scope) not in main]


def _name(number: int) -> str:
    return ("演" if number % 2 else "示") + GIVEN[number % len(GIVEN)]


def _grant(places: Places, account: Account, user: User, *, since: dt.date) -> None:
    kind, _, key = account.scope.rpartition(":")
    scope = {
        "": ("region", places.regions),
        "studio": ("studio", places.studios),
        "unit": ("unit", places.units),
    }[kind]
    RoleGrant.objects.create(
        user=user, role=account.role, valid_from=since, **{scope[0]: scope[1][key]}
    )


def _seat(places: Places, account: Account, user: User, *, since: dt.date) -> None:
    """Directors, liaison officers and members also sit in their studio."""
    if not account.scope.startswith("studio:"):
        return
    town = account.scope.removeprefix("studio:")
    from_then = PartialDate.parse(str(since.year))
    member = None
    if account.role == Role.MEMBER:
        member = Member.objects.create(
            name=account.name, user=user, origin=Origin.DEMO,
            pinyin="".join(lazy_pinyin(account.name)),
        )  # fmt: skip
        sector = Sector.objects.filter(code=SECTORS.get(town, "")).first()
        Seat.objects.create(
            member=member, committee=places.committee, sector=sector, began="elected",
            valid_from=from_then,
        )  # fmt: skip
    kind = {Role.STUDIO_DIRECTOR: "director", Role.LIAISON: "liaison"}.get(account.role, "member")
    StudioSeat.objects.create(
        studio=places.studios[town], kind=kind, name=account.name, post=account.post,
        member=member, valid_from=from_then,
    )  # fmt: skip
