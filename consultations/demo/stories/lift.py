"""A lift for an old house: extensions asked for and granted, a suspension, a cancelled task."""

from __future__ import annotations

import datetime as dt

from consultations.demo import chapters as tell
from consultations.demo.chapters import Reply, Topic, item, seat, task
from consultations.demo.walk import Plot, Walk
from consultations.models import Case


def lift(walk: Walk) -> Plot:
    """An extension waits for a decision, one was granted, one task is suspended, one cancelled."""
    case = yield from tell.filed(
        walk,
        Topic(
            title="老楼想装电梯，一楼不答应",
            problem="幸福社区六层老楼住着十一位七十岁以上的老人。装电梯的钱凑齐了，一楼两户担心挡光、掉价。",
            where="xingfu", place="三号院", field="housing", sides=("楼上住户", "一楼住户"),
            joint="协调州级的规划审查",
        ),
        on=104,
        visit=("幸福社区三号院", "household", 24, "楼上20户全同意；一楼两户要求移开两米，并把窗前的杂物棚拆了。"),
        people=(
            seat("host", "县政协委员", name="示二宝"), seat("party", "楼上住户", side="楼上住户", n=12),
            seat("party", "一楼住户", side="一楼住户", n=3), seat("department", "县住房和城乡建设局", name="演明灯"),
            seat("department", "县自然资源局", name="示方圆"), seat("lawyer", "社区公益律师"),
            seat("cadre", "幸福社区主任", name="示邻里"),
        ),
        said=((2, "demand", "井道移开两米，窗前的棚子拆掉，我们就没意见。"), (1, "position", "移开可以，多出的钱楼上摊。"),
              (4, "answer", "移位后要重新公示规划，十五天。")),
        items=(
            item("井道移开两米，多出的费用由楼上住户分摊。", "county", "县住房和城乡建设局", due=-8,
                 tasks=(task("受理加装申请，审图", "housing"), task("移开院内电力线", "power", due=-18))),
            item("重新公示规划，听取一楼意见。", "county", "县自然资源局", due=-30,
                 tasks=(task("规划公示", "land"),),
                 steps=(("公示材料备齐", 60), ("州里审查通过", 5), ("公示期满", -20))),
            item("拆除窗前杂物棚。", "township", "城南街道办事处", due=20,
                 tasks=(task("组织拆除杂物棚", "town.chengnan"), task("另找地方放杂物", "town.chengnan"))),
        ),
        summary="楼上摊钱把井道移开两米，一楼的棚子拆掉，规划重新公示。",
    )  # fmt: skip
    walk.begin(_extensions(walk, case))
    walk.begin(
        tell.handled(
            walk,
            walk.task(case, 3, 1),
            signed=73,
            reply=Reply(40, "杂物棚已拆，场地清理干净。"),
            accepted=38,
            verified=(33, "household", "问了一楼两户，棚子拆了，窗前亮了。"),
        )
    )
    yield from tell.handled(walk, walk.task(case, 2), signed=72)
    yield from tell.reached(walk, case, "公示材料备齐", on=62)
    yield 30
    walk.step(walk.task(case, 2), "suspend", cause="procedure", until=walk.day(-25),
              reason="规划调整要报州里审查，审查期间不能公示。")  # fmt: skip
    yield 28
    walk.step(walk.task(case, 3, 2), "cancel", reason="住户自己清走了杂物，不用另找地方。")
    yield from tell.published(
        walk, case, on=26, summary="老楼装电梯，一楼不答应。井道移开两米，棚子拆掉，各让一步。"
    )


def _extensions(walk: Walk, case: Case) -> Plot:
    drawings, line = walk.task(case, 1, 1), walk.task(case, 1, 2)
    yield from tell.handled(walk, line, signed=73)
    yield 50
    walk.step(line, "request_extension", new_due_on=line.due_on + dt.timedelta(days=21),
              reason="移线要停电半天，需和其他检修并在一次做。")  # fmt: skip
    yield 47
    walk.step(line, "grant_extension")
    yield from tell.handled(
        walk, drawings, signed=46, progress=((20, "图纸初审完成，要补井道结构计算。", 60),)
    )
    yield 1
    walk.step(drawings, "request_extension", new_due_on=drawings.due_on + dt.timedelta(days=20),
              reason="结构计算要请有资质的单位做，最快两周。")  # fmt: skip
