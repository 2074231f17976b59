"""What was agreed, on its way to the units: drafted, returned, waiting for approval and filing."""

from __future__ import annotations

from consultations.demo import chapters as tell
from consultations.demo.chapters import Topic, item, promise, seat, task
from consultations.demo.walk import Plot, Walk


def ditch(walk: Walk) -> Plot:
    """Just concluded: two items still need a responsible unit and a date, so it cannot go on."""
    yield from tell.consulted(
        walk,
        Topic(
            title="沟水怎么轮才不吵架",
            problem="云溪镇大沟供七个村民小组灌溉，插秧时节上游一放水下游就断，每年都有人夜里去扒口子。",
            where="yunxi", place="大沟", field="land", sides=("上游三个组", "下游四个组"),
        ),
        on=24,
        visit=("云溪镇大沟", "site", 31, "沟长六公里，两处渗漏；闸门三道，一道坏了关不严。"),
        people=(
            seat("host", "县政协委员", name="演望舒"), seat("party", "用水户", side="上游三个组", n=7),
            seat("party", "用水户", side="下游四个组", n=10),
            seat("department", "县水务局", name="示清源"), seat("cadre", "柳坝村党总支书记", name="示大田"),
        ),
        said=((2, "demand", "轮到下游时闸门要关得住。"), (1, "position", "按天轮可以，插秧那几天上游先。"),
              (3, "answer", "坏的闸门水务局来修，渗漏要列计划。")),
        items=(
            item("插秧期按天轮灌：上游三天，下游四天，由放水员管闸。", "parties", "七个村民小组", due=-15,
                 promises=(promise("上游三个组", "轮到下游的四天不放水", side="上游三个组"),
                           promise("下游四个组", "出一名放水员，轮流值守", side="下游四个组",
                                   condition="放水员的误工补贴由七个组按亩分摊"))),
            item("修好关不严的第二道闸门。", "county", "", due=None, tasks=(task("修复第二道闸门", "water"),)),
            item("两处渗漏列入维修计划。", "county", "", due=None),
        ),
        summary="七个组商定了轮灌的日子，由一名放水员管闸；闸门和渗漏要水务部门来修。", at="柳坝村三组晒场",
    )  # fmt: skip


def passing_places(walk: Walk) -> Plot:
    """Returned by the Party committee, with a reason for the item it doubts."""
    case = yield from tell.consulted(
        walk,
        Topic(
            title="村道太窄，会车倒半里",
            problem="金穗镇到三个村的路只有三米五，客车和农用车迎面遇上，要倒半里地才能错开。",
            where="jinsui", place="村道", field="transport", sides=("沿路农户", "客车司机"),
        ),
        on=39,
        visit=("金穗镇村道", "site", 12, "七公里里能错车的只有两处；合适加宽的有五处，占地都在路边。"),
        people=(
            seat("host", "县政协委员", name="示四海"), seat("party", "沿路农户", side="沿路农户", n=8),
            seat("party", "客车司机", side="客车司机", n=2), seat("department", "县交通运输局", name="演致远"),
        ),
        said=((1, "position", "占一点路边地可以，青苗要赔。"), (3, "answer", "先建三处，当年能开工。")),
        items=(
            item("先建三处会车台，占地由农户让出，青苗按标准补。", "county", "县交通运输局", due=-60,
                 tasks=(task("建三处会车台", "transport"),)),
            item("急弯处装两面凸面镜。", "county", "县交通运输局", due=-30,
                 tasks=(task("安装凸面镜", "transport"),)),
        ),
        summary="农户让地，交通部门先建三处会车台，急弯装镜子。",
    )  # fmt: skip
    yield 15
    walk.step(case, "submit_outcome")
    yield 11
    first = case.items.get(number=1).pk
    reason = "占谁家的地、青苗补多少没有写明，请补清楚再报。"
    walk.step(case, "return_outcome", item_reasons={str(first): reason}, substance=False)


def feast_hall(walk: Walk) -> Plot:
    """Waits for the township Party committee of 云溪镇."""
    case = yield from tell.consulted(
        walk,
        Topic(
            title="办红白事没有地方，占着路摆席",
            problem="柳坝村办红白事都在路上搭棚，一办两三天，车绕不过去，做饭的煤气罐也摆在路边。",
            where="liuba", place="", field="civility", sides=("办席的农户", "过路村民"),
        ),
        on=30,
        visit=("柳坝村", "household", 20, "一年约三十场；老粮仓空着，能摆二十桌。"),
        people=(
            seat("host", "县政协委员", name="演望舒"), seat("party", "村民", side="办席的农户", n=6),
            seat("party", "村民", side="过路村民", n=5), seat("cadre", "柳坝村党总支书记", name="示大田"),
            seat("elder", "村里主事的老人", n=2),
        ),
        said=((1, "proposal", "把老粮仓收拾出来，一场收点水电钱就行。"), (3, "answer", "粮仓是集体的，村里同意用。")),
        items=(
            item("老粮仓改作办席的场所，水电按场收费。", "village", "柳坝村", due=-45,
                 promises=(promise("办席的农户", "不再占路搭棚，按场交水电费", side="办席的农户"),)),
            item("检查粮仓的用电和消防，合格后才用。", "township", "云溪镇人民政府", due=-20,
                 tasks=(task("检查用电和消防，出具意见", "town.yunxi"),)),
        ),
        summary="老粮仓收拾出来办席，先查用电和消防，路上不再搭棚。", at="柳坝村老粮仓前",
    )  # fmt: skip
    yield 3
    walk.step(case, "submit_outcome")


def cold_store(walk: Walk) -> Plot:
    """The Party committee of 石桥镇 is late with its decision."""
    case = yield from tell.consulted(
        walk,
        Topic(
            title="菜一多就烂在地里，冷库建不建",
            problem="石桥镇蔬菜集中上市，一场雨烂掉几万斤。合作社想建小冷库，村里担心电费和以后没人管。",
            where="shiqiao", place="蔬菜基地", field="land", source="party_government",
            sides=("种菜的农户", "合作社"),
        ),
        on=46,
        visit=("石桥镇蔬菜基地", "talk", 28, "一季菜约四百吨，烂掉一成多；已有变压器够带一个小冷库。"),
        people=(
            seat("host", "县政协委员", name="演三省"), seat("party", "菜农", side="种菜的农户", n=9),
            seat("party", "合作社", side="合作社", n=3), seat("department", "县农业农村局", name="演麦熟"),
            seat("department", "县供电公司", name="示光远"),
        ),
        said=((2, "proposal", "合作社出一半，农户按存菜量交费。"), (3, "answer", "冷藏设施补助可以申报。")),
        items=(
            item("建一座六十吨小冷库，合作社管，按存菜量收费。", "county", "县农业农村局", due=-80,
                 funds="冷藏设施补助、合作社自筹", tasks=(task("帮助申报补助，验收冷库", "farming"),)),
            item("从基地变压器拉一条专线。", "county", "县供电公司", due=-50,
                 tasks=(task("架设专线", "power"),)),
        ),
        summary="建一座小冷库，合作社管，按量收费；专线由供电公司拉。",
    )  # fmt: skip
    yield 18
    walk.step(case, "submit_outcome")


def machine_yard(walk: Walk) -> Plot:
    """Approved, waits for filing by the county office."""
    case = yield from tell.consulted(
        walk,
        Topic(
            title="农机没处停，占了晒谷场",
            problem="青禾乡上坝添了十几台农机，收割后都停在晒谷场，晒谷时要一台台挪。",
            where="qinghe", place="上坝晒谷场", field="land", sides=("农机户", "晒谷的农户"),
        ),
        on=36,
        visit=("上坝晒谷场", "site", 15, "农机14台；场边有一块集体荒地，平整后可停二十台。"),
        people=(
            seat("host", "县政协委员", name="演五岳"), seat("party", "农机户", side="农机户", n=5),
            seat("party", "农户", side="晒谷的农户", n=8), seat("township", "青禾乡副乡长", name="示稻香"),
        ),
        said=((1, "position", "有地方停，一年交一点看管费都行。"), (3, "answer", "荒地平整由乡里出机械。")),
        items=(
            item("平整场边荒地，作农机停放场。", "township", "青禾乡人民政府", due=-25,
                 tasks=(task("平整荒地，铺砂石", "town.qinghe"),)),
            item("农机户按台交看管费，轮流看场。", "parties", "农机户", due=-25,
                 promises=(promise("农机户", "晒谷季节不占晒谷场", side="农机户"),)),
        ),
        summary="场边的荒地平出来停农机，晒谷场还给晒谷的人。",
    )  # fmt: skip
    yield 9
    walk.step(case, "submit_outcome")
    yield 5
    walk.step(case, "approve_outcome", opinion="同意。", decided_on=walk.day(5))
    yield from tell.published(
        walk, case, on=4, summary="农机占了晒谷场。商定平出一块荒地停农机，场子还给晒谷的人。"
    )


OUTCOMES = (ditch, passing_places, feast_hall, cold_store, machine_yard)
