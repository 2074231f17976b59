"""A bus to the hospital: several units join, and a figure before and after shows the result."""

from __future__ import annotations

from consultations.demo import chapters as tell
from consultations.demo.chapters import Reply, Topic, item, point, seat, task
from consultations.demo.walk import Plot, Walk
from consultations.models import Case, Instruction

TOPIC = Topic(
    title="到县医院看病，来回车费四十元",
    problem=(
        "金穗镇卫生院和县医院结成医共体以后，检查、住院要到县城。镇上没有直达车，先坐面包车到岔路口，"
        "再等过路班车，来回要花40元。老人一天跑不完，常常要在县城住一晚。"
    ),
    wish="有一趟直达县医院的车，价钱老人付得起。",
    where="jinsui",
    place="卫生院",
    sides=("看病的群众", "客运公司"),
    field="health",
    source="member",
    proposer="县政协医药卫生界委员",
)
PEOPLE = (
    seat("host", "县政协委员", name="示四海"),
    seat("party", "金穗镇群众代表", side="看病的群众", n=10),
    seat("party", "客运公司经理", side="客运公司"),
    seat("department", "县交通运输局", name="演致远"),
    seat("department", "县卫生健康局", name="演安康"),
    seat("township", "金穗镇副镇长", name="示五谷"),
    seat("masses", "村医代表", n=3),
)
SAID = (
    (1, "demand", "去一趟县医院，车费比药费还贵，老人舍不得去。"),
    (2, "position", "单开一趟车，平时坐不满，油钱都不够。"),
    (3, "answer", "可以按公交开，票价两元，亏损的部分由县里的公交补贴出。"),
    (4, "answer", "医院把复诊号集中到班车到站的时段，车就坐得满。"),
    (5, "proposal", "站点设在卫生院和两个村口，老人不用走到岔路口。"),
)
ITEMS = (
    item("开通金穗镇到县医院的公交，每天六班，单程票价两元。", "county", "县交通运输局", due=250,
         measure="公交开行，票价公示", funds="县公交运营补贴",
         steps=(("线路许可办妥", 300), ("首班车开行", 270)),
         tasks=(task("办理线路许可，落实车辆和补贴，按时开行", "transport", role="lead"),
                task("把复诊号集中到班车到站的时段", "health", role="assist"),
                task("落实沿线两个村口的候车点", "town.jinsui", role="assist"))),
    item("医院设一名导诊员，接从镇上转来的老人。", "county", "县卫生健康局", due=255,
         tasks=(task("在县医院门诊设导诊岗", "health"),)),
)  # fmt: skip


AGENDA = (
    point(1, "10:30", "10:45", "通报调研情况", "工作室联络员"),
    point(2, "10:45", "11:25", "看病的群众和客运公司谈难处", "主持委员"),
    point(3, "11:25", "11:50", "交通、卫健部门当场回应", "主持委员"),
    point(4, "11:50", "12:00", "宣读并确认共识事项", "主持委员"),
)


def bus(walk: Walk) -> Plot:
    case = yield from tell.proposed(walk, TOPIC, on=345, by="member.jinsui")
    yield from tell.approved(
        walk, case, on=341, opinion="看病的路不能断，同意立题，请交通和卫健两家到会。"
    )
    yield from tell.researched(
        walk, case, on=339, plan="跟着病人坐一趟车，再到客运公司看账。",
        visits=(
            (336, "金穗镇到县医院沿线", "site", 14, "跟三位老人走了一趟：单程转两次车，路上两小时四十分。"),
            (334, "客运公司", "talk", 5, "若有补贴并保证客流，公司愿意投两辆车。"),
        ),
    )  # fmt: skip
    yield from tell.invited(walk, case, on=331, held=327, name="金穗镇协商会：看病的路", hour=10)
    yield from tell.agreed(
        walk, case, on=326, people=PEOPLE, said=SAID, items=ITEMS, agenda=AGENDA,
        summary="群众说路难，公司说难在坐不满。交通、卫健当场算账：按公交开，医院配合放号，两家都不吃亏。",
    )  # fmt: skip
    yield from tell.corrected(
        walk, case, on=325, reason="签到表上漏数一位村医，按签到表更正。", fields={"head_count": 19}
    )
    yield from tell.decided(
        walk, case, submit=324, approve=320, file=318, opinion="同意，尽早开行。"
    )
    yield 317
    Instruction.objects.create(
        case=case, level="county", leader="县人民政府分管副县长",
        subject="金穗镇就医公交", text="请交通、卫健两家按协商的办法办，尽早开行。",
        given_on=walk.partial(317),
    )  # fmt: skip
    for number in (1, 2, 3):
        walk.begin(_joint(walk, case, number))
    for title, day in (("线路许可办妥", 302), ("首班车开行", 272)):
        walk.begin(tell.reached(walk, case, title, on=day))
    yield from tell.handled(
        walk, walk.task(case, 2), signed=316,
        reply=Reply(290, "导诊岗已设在门诊大厅入口，工作日全天有人。"),
        accepted=288, verified=(276, "site", "到门诊看过，导诊员在岗，有轮椅。"),
    )  # fmt: skip
    yield from _ending(walk, case)


def _joint(walk: Walk, case: Case, number: int) -> Plot:
    """The lead unit answers for all; the assisting units give their opinion first."""
    found = walk.task(case, 1, number)
    if number == 1:
        yield from tell.handled(
            walk, found, signed=316,
            progress=((300, "线路走向定了，六班时刻表征求了两个村的意见。", 40),
                      (281, "两辆车到位，司机培训完，下周试跑。", 80)),
            reply=Reply(270, "一、线路已许可，两辆车每天六班。二、单程票价两元，已在车上和站牌公示。"
                             "三、补贴列入县财政当年预算。会办意见均已采纳。"),
            accepted=268, verified=(262, "site", "坐了一个来回，票价四元，准点。"),
        )  # fmt: skip
        return
    yield 315
    walk.step(found, "sign_for")
    yield 305
    words = {
        2: "县医院同意把复诊号集中到上午九点半和下午两点。",
        3: "两个候车点已定，雨棚由镇里出。",
    }
    walk.step(found, "give_opinion", text=words[number])


def _ending(walk: Walk, case: Case) -> Plot:
    yield 255
    tell.measured(
        walk,
        case,
        metrics=(
            {"name": "往返车费", "before": 40, "after": 4, "unit": "元"},
            {"name": "单程路上时间", "before": 160, "after": 55, "unit": "分钟"},
            {"name": "每月乘车", "after": 2300, "unit": "人次", "exactness": "more_than"},
        ),
        funds=({"name": "县公交运营补贴（每年）", "granted": 180000},),
    )
    yield from tell.published(
        walk, case, on=250, summary="到县医院看病要转两趟车。公交开到卫生院门口，往返车费从40元降到4元。",
        result="金穗镇到县医院的公交每天六班，单程两元，约一小时到。医院把复诊号集中到班车到站的时段，门诊有导诊员接。",
    )  # fmt: skip
    yield 246
    walk.step(case, "open_rating")
    yield from tell.rated(
        walk,
        case,
        on=238,
        answers=(
            ("resident", "paper", "satisfied", 112, ""),
            ("resident", "paper", "fair", 14, "末班车早了一点"),
            ("resident", "call", "satisfied", 23, ""),
            ("proposer", "call", "satisfied", 1, ""),
        ),
    )
    yield 230
    walk.step(case, "close")
    yield from tell.followed(
        walk,
        case,
        on=60,
        kind="look_back",
        people="县政协委员3人、村医2人",
        finding="回头看：六班都在开，末班推迟了半小时，站牌完好。",
    )
