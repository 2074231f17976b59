"""Meetings to come, meetings just held, and those that ended without agreement."""

from __future__ import annotations

from committees.models import Origin
from committees.partial_dates import PartialDate
from consultations.demo import chapters as tell
from consultations.demo.chapters import Topic, seat
from consultations.demo.walk import Plot, Walk
from consultations.models import Advice, Case


def stalls(walk: Walk) -> Plot:
    """Held yesterday: the people are listed, the liaison officer has still to write the record."""
    case = yield from tell.proposed(walk, Topic(
        title="集镇摊位怎么摆才不堵路",
        problem="云溪镇逢集时摊子摆到路中间，救护车过不去；往里收，摊主怕没生意。",
        where="yunxi", place="老街", field="facilities", sides=("摊主", "老街住户", "过路司机"),
    ), on=37)  # fmt: skip
    yield from tell.approved(walk, case, on=33, opinion="同意立题，赶集天到现场看了再开会。")
    yield from tell.researched(
        walk, case, on=31, plan="连看两个赶集天，数摊位、量路宽。",
        visits=((27, "云溪镇老街", "site", 35, "逢集有摊位124个，路面只剩两米一；里侧空着二十多个位子，因为背阴。"),
                (22, "云溪镇老街", "talk", 17, "摊主愿意往里收，要有遮阳棚和统一编号。")),
    )  # fmt: skip
    yield from tell.invited(walk, case, on=13, held=1, name="云溪镇协商会：老街摊位", hour=9)
    yield from tell.published(
        walk, case, on=10, summary="逢集堵路，收摊又怕没生意。摊主、住户、司机坐下来商量怎么摆。"
    )
    tell.recorded(
        walk,
        case,
        people=(
            seat("host", "县政协委员", name="演望舒"),
            seat("party", "摊主代表", side="摊主", n=6),
            seat("party", "住户代表", side="老街住户", n=4),
            seat("party", "客运司机", side="过路司机", n=2),
            seat("department", "县市场监督管理局", name="示秤平"),
            seat("police", "云溪派出所", name="示守望"),
            seat("township", "云溪镇副镇长", name="示长河"),
        ),
    )


def barbecue(walk: Walk) -> Plot:
    """The first round found no agreement; the second one is called for the week to come."""
    case = yield from tell.proposed(walk, Topic(
        title="烧烤店的油烟和楼上的窗户",
        problem="金穗镇滨河路六家烧烤店的油烟往楼上飘，住户夏天不敢开窗，找过店家多次。",
        where="jinsui", place="滨河路", field="living", sides=("烧烤店", "楼上住户"),
    ), on=66)  # fmt: skip
    yield from tell.approved(walk, case, on=61, opinion="同意立题，请环保部门到会讲清标准。")
    yield from tell.researched(
        walk, case, on=59, plan="晚上八点到十点现场看，到楼上住户家里坐一坐。",
        visits=((55, "滨河路", "household", 18, "18户里14户说最难受的是晚上十点以后；六家店只有两家装了净化设备。"),),
    )  # fmt: skip
    yield from tell.invited(walk, case, on=50, held=45, name="滨河路协商会（第一次）", hour=15)
    yield from tell.parted(
        walk, case, on=44, people=(
            seat("host", "县政协委员", name="示四海"), seat("party", "店主", side="烧烤店", n=5),
            seat("party", "住户", side="楼上住户", n=9),
            seat("department", "州生态环境局演示分局", name="演空明"),
        ),
        said=((1, "position", "装一台净化器要一万多，小店一下子拿不出。"), (2, "demand", "十点以后不能再烤。")),
        dissent="收摊时间没有谈拢：住户要十点，店家要十二点；净化器的钱谁出也没定。",
        reason="收摊时间和费用分歧大，先去看别的街怎么做，再商量一次。",
        summary="店家和住户都到了。净化器要装，大家没意见；几点收摊、钱谁出，没有谈拢。",
    )  # fmt: skip
    yield from tell.published(
        walk, case, on=40, summary="油烟往楼上飘。第一次没谈拢收摊时间，正准备再商量一次。"
    )
    yield from tell.invited(walk, case, on=12, held=-1, name="滨河路协商会（第二次）", hour=15)
    yield 6
    walk.step(
        case,
        "postpone",
        starts_at=walk.at(-3, 15),
        reason="两家店主要去州里进货，改到大家都能到的一天。",
    )


def chickens(walk: Walk) -> Plot:
    """No consensus yet, no second date either: the office has the next word."""
    case = yield from tell.proposed(walk, Topic(
        title="养鸡场的气味往村里飘",
        problem="竹坪乡一家养鸡场在村子上风口，天热时气味重。场主说手续齐全，搬不动。",
        where="zhuping", place="坪上村民小组", field="environment", sides=("养鸡场", "下风口村民"),
    ), on=48)  # fmt: skip
    yield from tell.approved(walk, case, on=43, opinion="同意立题。")
    yield from tell.researched(
        walk, case, on=41, plan="早晚各去一次，看风向，看粪污怎么处理。",
        visits=((36, "坪上村民小组", "household", 22, "气味最重在清晨清粪时；鸡粪露天堆放，没有棚。"),),
    )  # fmt: skip
    yield from tell.invited(walk, case, on=30, held=21, name="坪上院坝协商会", at="坪上小组活动场")
    yield from tell.parted(
        walk, case, on=20, people=(
            seat("host", "县政协委员", name="演十里"), seat("party", "养鸡场", side="养鸡场", n=2),
            seat("party", "村民", side="下风口村民", n=11),
        ),
        said=((1, "position", "清粪可以改到夜里，搬场子没有钱。"), (2, "demand", "要么搬走，要么封棚。")),
        dissent="村民要求搬场，场主只同意改清粪时间和加棚。",
        reason="搬迁没有着落，加棚的钱也没有定，待农业农村部门测算后再商量。",
        summary="场主愿意加棚、改清粪时间，村民希望搬走，还没有一致。",
    )  # fmt: skip


def school_places(walk: Walk) -> Plot:
    """No consensus inside the county's means: converted into a proposal."""
    case = yield from tell.proposed(walk, Topic(
        title="城南小学一个班坐了六十二个孩子",
        problem="城南街道新建了三个小区，城南小学没有扩，一年级每班六十多人，后排看不清黑板。",
        where="chengnan", place="城南小学", field="education", source="member",
        proposer="县政协教育界委员", sides=("学生家长", "学校"),
    ), on=170)  # fmt: skip
    yield from tell.approved(walk, case, on=165, opinion="同意立题，关系孩子，抓紧。")
    yield from tell.researched(
        walk, case, on=163, plan="数班额、看场地、问家长。",
        visits=((158, "城南小学", "site", 24, "一年级六个班，班额58到63人；操场东侧有一块空地，可建一栋教学楼。"),),
    )  # fmt: skip
    yield from tell.invited(walk, case, on=150, held=144, name="城南小学协商会", hour=16)
    yield from tell.parted(
        walk, case, on=143, people=(
            seat("host", "县政协委员", name="示二宝"), seat("party", "家长代表", side="学生家长", n=9),
            seat("party", "校长和教师", side="学校", n=3),
            seat("department", "县教育体育局", name="演桃李"),
        ),
        said=((1, "demand", "今年能不能先加两个班。"), (3, "answer", "加班要有教室，建楼的钱县里没有列。")),
        dissent="加建教学楼要列入政府投资计划，会上定不下来。",
        reason="建楼超出会上各方的权限，拟提交提案。",
        summary="大家都认为要加建教学楼，钱和指标会上定不了，转为提案。",
    )  # fmt: skip
    yield 136
    title = "关于加建城南小学教学楼的提案"
    _as_proposal(walk, title)
    walk.step(case, "convert", conversion={"kind": "proposal", "title": title, "accepted": True,
                                           "converted_on": walk.day(136)},
              reason="需要政府投资，以提案推动。")  # fmt: skip
    yield from tell.published(
        walk, case, on=130, summary="一个班六十多个孩子。会上定不了建楼的钱，转成提案接着推。"
    )
    yield from tell.followed(
        walk,
        case,
        on=45,
        kind="visit",
        people="提案人、县教育体育局",
        finding="提案已立案，教学楼列入明年投资计划，正在做前期。",
    )


def _as_proposal(walk: Walk, title: str) -> None:
    Advice.objects.create(
        code="demo-proposal-school", kind="proposal", title=title,
        committee=walk.places.committee, proposer="县政协教育界委员",
        given_on=PartialDate.parse(walk.day(136)), meaning="in_plan", origin=Origin.DEMO,
    )  # fmt: skip


def quarry_road(walk: Walk) -> Plot:
    """Terminated: what was to be consulted on has gone into a legal procedure."""
    case = yield from tell.proposed(walk, Topic(
        title="采石场的车压坏了村道",
        problem="石桥镇村道被过路的石料车压坏两处，村民拦车要赔，石场说路是公家的。",
        where="shiqiao", place="石门村民小组", field="transport", sides=("采石场", "沿路村民"),
    ), on=110)  # fmt: skip
    yield from tell.approved(walk, case, on=105, opinion="同意立题。")
    yield 98
    _end(walk, case)


def _end(walk: Walk, case: Case) -> None:
    walk.step(
        case,
        "terminate",
        by=walk.cast["leader"],
        reason="村民小组已向法院起诉，协商到此为止，结果以判决为准。",
    )


MEETINGS = (stalls, barbecue, chickens, school_places, quarry_road)
