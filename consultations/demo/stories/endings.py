"""Promises on the long run, work done twice, matters that came back, and what is not shown."""

from __future__ import annotations

from consultations.demo import chapters as tell
from consultations.demo.chapters import Reply, Topic, item, seat, task
from consultations.demo.walk import Plot, Walk
from consultations.models import Case


def tank(walk: Walk) -> Plot:
    """In plan: the promise was looked at once, the next look is due. One task lapsed into hands."""
    case = yield from tell.filed(
        walk,
        Topic(
            title="旱季三个组轮流没水吃",
            problem="青禾乡上坝三个村民小组共用一口高位水池，旱季轮流停水，夜里要起来接水。",
            where="qinghe", place="上坝高位水池", field="facilities", sides=("池上用水户", "池下用水户"),
        ),
        on=262,
        visit=("上坝", "household", 37, "旱季每户一天能接两桶；池子容积60立方，三个组要120立方。"),
        people=(
            seat("host", "县政协委员", name="演五岳"), seat("party", "用水户", side="池上用水户", n=5),
            seat("party", "用水户", side="池下用水户", n=9), seat("department", "县水务局", name="示清源"),
            seat("township", "青禾乡副乡长", name="示稻香"),
        ),
        said=((2, "demand", "旱季也要天天有水。"), (3, "answer", "新建一个60立方的池子，列入供水保障计划。")),
        items=(
            item("扩建高位水池。", "county", "县水务局", due=150, funds="农村供水保障项目",
                 tasks=(task("新建60立方水池", "water"),)),
            item("旱季由乡里送水，每周两车。", "township", "青禾乡人民政府", due=170,
                 tasks=(task("旱季送水", "town.qinghe"), task("统计缺水户", "town.qinghe"))),
            item("能不能从邻县水库引水。", "county", "县水务局", due=150,
                 tasks=(task("论证从邻县引水", "water"),)),
        ),
        summary="新池子列计划，旱季先送水，引水的事请水务局论证后给说法。", at="上坝小组活动场",
    )  # fmt: skip
    walk.begin(_lapsed(walk, case))
    walk.begin(
        tell.handled(
            walk,
            walk.task(case, 3),
            signed=232,
            accepted=196,
            reply=Reply(
                200,
                "引水要建11公里管线并跨县协调，投资约900万元，目前不具备条件。",
                "deferred",
                why="投资大，且水权在邻县，现阶段先靠扩建水池解决。",
            ),
        )
    )
    yield 230
    walk.step(walk.task(case, 2, 2), "cancel", reason="与供水台账重复，用台账数据即可。")
    yield from tell.handled(
        walk, walk.task(case, 1), signed=229, accepted=192,
        reply=Reply(196, "水池已列入农村供水保障计划，资金下达后三个月内建成。", "in_plan", promise=60),
    )  # fmt: skip
    yield from tell.published(
        walk, case, on=180, summary="旱季轮流没水吃。先送水，新水池列入计划，到期回头看。"
    )
    yield 99
    walk.step(walk.task(case, 1), "look_back", outcome="slipped", promise_on=walk.day(-50),
              finding="资金已下达，池址平整好了，比答应的晚，重新定了日子。")  # fmt: skip


def _lapsed(walk: Walk, case: Case) -> Plot:
    """Nobody signed in time: accepted by lapse, and marked so."""
    found = walk.task(case, 2, 1)
    yield 208
    walk.step(found, "accept_by_lapse")
    yield from tell.replied(walk, found, Reply(185, "旱季每周送水两车，共送水九周。"))
    yield 183
    walk.step(found, "accept_reply")
    yield 178
    walk.step(found, "verify_true", method="household", finding="问了八户，都说每周有两车水。")


def rubbish(walk: Walk) -> Plot:
    """Rated badly, taken up again, done the second time, closed."""
    case = yield from tell.filed(
        walk,
        Topic(
            title="垃圾桶摆在谁家门口",
            problem="石桥镇老街的垃圾桶挪一次吵一次，谁家门口都不愿意放，最后堆在桥头，夏天生蛆。",
            where="shiqiao", place="老街", field="living", sides=("老街住户", "桥头商户"),
        ),
        on=236,
        visit=("石桥镇老街", "household", 29, "住户不是不要桶，是嫌清得慢；一天清一次，傍晚就满。"),
        people=(
            seat("host", "县政协委员", name="演三省"), seat("party", "住户", side="老街住户", n=10),
            seat("party", "商户", side="桥头商户", n=4), seat("township", "石桥镇副镇长", name="示石坚"),
        ),
        said=((1, "position", "一天清两次，桶放哪都行。"), (3, "answer", "清运改两次，桶位轮换，一季一换。")),
        items=(
            item("桶位沿街轮换，一季一换；清运改为一天两次。", "township", "石桥镇人民政府", due=170,
                 measure="傍晚桶不满，桥头不堆", tasks=(task("调整桶位和清运次数", "town.shiqiao"),)),
        ),
        summary="桶位一季一换，清运一天两次，谁家也不吃亏。",
    )  # fmt: skip
    found = walk.task(case, 1)
    yield from tell.handled(
        walk, found, signed=205, reply=Reply(180, "桶位已轮换，清运改为早晚两次。"), accepted=178,
        verified=(172, "site", "早上看了，桶是空的，桥头干净。"),
    )  # fmt: skip
    yield from tell.published(walk, case, on=168, summary="垃圾桶摆谁家门口都吵。一季一换，一天清两次，桥头不再堆。",
                              result="桶位沿街轮换，清运改为一天两次。群众说晚上那次没来，重新办理后补上了。")  # fmt: skip
    yield 164
    walk.step(case, "open_rating")
    yield from tell.rated(
        walk,
        case,
        on=156,
        answers=(
            ("affected", "paper", "satisfied", 9, ""),
            ("affected", "paper", "dissatisfied", 11, "傍晚那次常常不来"),
        ),
    )
    yield 152
    walk.step(case, "reopen", tasks=[found], ground="dissatisfied",
              reason="二十份评价里十一份说傍晚没有清，请镇里再办一次。")  # fmt: skip
    yield from _second_time(walk, case)


def _second_time(walk: Walk, case: Case) -> Plot:
    found = walk.task(case, 1)
    yield 146
    walk.step(found, "report_progress", text="傍晚的清运另派了一辆车，换了承包人。", percent=70)
    yield from tell.replied(
        walk, found, Reply(138, "傍晚清运由专车负责，七点前完成，连续两周每天登记。")
    )
    yield 136
    walk.step(found, "accept_reply")
    yield 130
    walk.step(found, "verify_true", method="site", finding="连看三个傍晚，七点前都清了。")
    yield 126
    walk.step(case, "open_rating")
    yield from tell.rated_by_code(
        walk, case, on=118, slips=8,
        answers=(("satisfied", "satisfied", "现在晚上也有人来收。"), ("satisfied", "satisfied", ""),
                 ("satisfied", "fair", ""), ("fair", "fair", "再早一点更好。"), ("satisfied", "satisfied", "")),
    )  # fmt: skip
    yield 112
    walk.step(case, "close")


def parking(walk: Walk) -> Plot:
    """Closed; looked back at after six months: it had come back."""
    case = yield from tell.filed(
        walk,
        Topic(
            title="菜市场门口的三轮车",
            problem="城南菜市场门口的三轮车停成三排，买菜的推不出去，消防通道也堵着。",
            where="chengnan", place="城南菜市场", field="transport", sides=("三轮车主", "买菜的居民"),
        ),
        on=300,
        visit=("城南菜市场", "site", 25, "高峰有三轮车40多辆；后巷有空地，能停30辆，要铺平。"),
        people=(
            seat("host", "县政协委员", name="示二宝"), seat("party", "车主", side="三轮车主", n=6),
            seat("party", "居民", side="买菜的居民", n=9), seat("police", "城南派出所", name="示通畅"),
            seat("township", "城南街道副主任", name="示城南"),
        ),
        said=((1, "position", "后巷能停我们就去后巷，铺平就行。"), (4, "answer", "后巷铺平、划线，街道来做。")),
        items=(
            item("后巷铺平划线，三轮车停后巷，门口不停。", "township", "城南街道办事处", due=240,
                 tasks=(task("后巷铺平划线，设引导牌", "town.chengnan"),)),
        ),
        summary="后巷铺平了停车，门口和消防通道让出来。",
    )  # fmt: skip
    found = walk.task(case, 1)
    yield from tell.handled(
        walk, found, signed=268, reply=Reply(250, "后巷铺平，划车位32个，引导牌已设。"), accepted=248,
        verified=(244, "site", "高峰去看，门口不停车，后巷停了27辆。"),
    )  # fmt: skip
    yield from tell.published(walk, case, on=240, summary="菜市场门口停成三排。后巷铺平了停车，门口让了出来。",
                              result="三轮车改停后巷，门口和消防通道畅通。")  # fmt: skip
    yield 236
    walk.step(case, "open_rating")
    yield from tell.rated(
        walk,
        case,
        on=230,
        answers=(
            ("resident", "paper", "satisfied", 31, ""),
            ("affected", "paper", "satisfied", 6, ""),
        ),
    )
    yield 224
    walk.step(case, "close")
    yield 14
    tell.relapsed(
        walk, case, task=found, finding="后巷堆了建筑材料，三轮车又停回门口，请街道再办。"
    )
    yield 9
    walk.step(walk.task(case, 1), "report_progress", text="正在清走后巷的建筑材料。", percent=40)


def land_survey(walk: Walk) -> Plot:
    """Restricted: at work, but hidden from the public, the units and the offices above."""
    case = yield from tell.filed(
        walk,
        Topic(
            title="征地面积两本账对不上",
            problem="石桥镇修路征地，村里的账和丈量的账差了四亩，涉及九户，双方情绪都大。",
            where="shiqiao", place="石门村民小组", field="land", source="party_government",
            sides=("被征地农户", "征地工作组"), sensitivity="sensitive",
        ),
        on=72,
        visit=("石门村民小组", "talk", 9, "差的四亩多在沟边，丈量时按水面算了。"),
        people=(
            seat("host", "县政协委员", name="演三省"), seat("party", "农户", side="被征地农户", n=9),
            seat("party", "工作组", side="征地工作组", n=3), seat("department", "县自然资源局", name="示方圆"),
        ),
        said=((1, "demand", "请第三方重新量一次。"), (2, "position", "同意重量，以新量的为准。")),
        items=(item("请有资质的单位重新丈量，以新量的为准。", "county", "县自然资源局", due=-20,
                    tasks=(task("组织重新丈量", "land"),)),),
        summary="同意重新丈量，以新量的为准。",
    )  # fmt: skip
    yield 43
    walk.step(walk.task(case, 1), "sign_for")
    yield 35
    walk.step(case, "restrict", reason="涉及九户的补偿数额，丈量结果出来以前不公开。")


def shared_lane(walk: Walk) -> Plot:
    """Closed without publication, with the reason on record."""
    case = yield from tell.filed(
        walk,
        Topic(
            title="共用的巷子堵了一半",
            problem="幸福社区两户人家共用一条巷子，一户砌了台阶，另一户的轮椅出不来。",
            where="xingfu", place="", field="village", sides=("砌台阶的一户", "用轮椅的一户"),
        ),
        on=140,
        visit=("幸福社区", "household", 2, "台阶改成缓坡，两家都能走，占地不变。"),
        people=(
            seat("host", "县政协委员", name="示二宝"), seat("party", "住户", side="砌台阶的一户", n=2),
            seat("party", "住户", side="用轮椅的一户", n=2), seat("cadre", "幸福社区主任", name="示邻里"),
        ),
        said=((1, "position", "改成坡可以，工钱我出一半。"), (2, "position", "那一半我们出。")),
        items=(item("台阶改成缓坡，工钱两家各出一半，社区请人来做。", "township", "城南街道办事处", due=85,
                    tasks=(task("请人把台阶改成缓坡", "town.chengnan"),)),),
        summary="台阶改成缓坡，两家各出一半。",
    )  # fmt: skip
    yield from tell.handled(
        walk, walk.task(case, 1), signed=110, reply=Reply(92, "缓坡已做好。"), accepted=91,
        verified=(88, "household", "轮椅能推出来了，两家都在场。"),
    )  # fmt: skip
    yield 84
    _finish_quietly(walk, case)


def _finish_quietly(walk: Walk, case: Case) -> None:
    tell.worded(walk, case, summary="共用的巷子改成缓坡，轮椅能出来了。")
    walk.step(case, "open_rating")
    walk.step(case, "close", exemption="只涉及两户人家，公开容易认出当事人。",
              closing_note="两家当面说满意，没有另发评价表。")  # fmt: skip


ENDINGS = (tank, rubbish, parking, land_survey, shared_lane)
