"""Topics before any meeting: drafted, waiting, put off, passed on, turned down, taken up again."""

from __future__ import annotations

from consultations.demo import chapters as tell
from consultations.demo.chapters import Topic
from consultations.demo.walk import Plot, Walk


def school_gate(walk: Walk) -> Plot:
    """A draft: the sensitivity is not answered yet, so it cannot be submitted."""
    yield from tell.logged(walk, Topic(
        title="放学时校门口堵成一团",
        problem="石桥镇中心小学放学时，接孩子的车停满两边，公交过不去，孩子从车缝里穿。",
        where="shiqiao", place="中心小学门口", field="transport",
        sides=("学生家长", "沿街商户"), sensitivity="",
    ), on=2)  # fmt: skip


def stall_fees(walk: Walk) -> Plot:
    """Sent back once for completion, submitted again, and now late: ten working days are over."""
    case = yield from tell.proposed(walk, Topic(
        title="集市摊位费收多少说不清",
        problem="金穗镇逢五赶集，摊位费有时收三元有时收五元，没有票也没有公示，摊主和管理员常起口角。",
        where="jinsui", place="农贸市场", field="facilities", source="member",
        proposer="县政协工商联界委员", sides=("摊主", "市场管理方"),
    ), on=34)  # fmt: skip
    yield 32
    walk.step(case, "send_back", reason="请补上收费的时间和大概户数，补齐后再提交。")
    yield 30
    walk.step(case, "submit", by=case.created_by)


def terraces(walk: Walk) -> Plot:
    """Fresh in the inbox of the leader."""
    yield from tell.proposed(walk, Topic(
        title="梯田石埂垮了谁来砌",
        problem="雨后青禾乡上坝的梯田石埂垮了三十多米，埂上埂下两家都说不是自己的，水一漏下面的田就干。",
        where="qinghe", place="上坝村民小组", field="land", sides=("埂上农户", "埂下农户"),
    ), on=3)  # fmt: skip


def culture_square(walk: Walk) -> Plot:
    case = yield from tell.proposed(walk, Topic(
        title="文化广场要不要再扩一块",
        problem="青禾乡文化广场晚上跳舞的人多，想占旁边的菜地扩一块，菜地主人不愿意。",
        where="qinghe", place="集镇", field="heritage", sides=("跳舞的居民", "菜地农户"),
    ), on=40)  # fmt: skip
    yield 33
    walk.step(
        case,
        "defer",
        reason="乡里正在编集镇规划，规划定下来再商量更有底。",
        review_on=walk.day(-40),
    )


def ferry(walk: Walk) -> Plot:
    """The review date has come: it is among today's to-dos of the office."""
    case = yield from tell.proposed(walk, Topic(
        title="渡口停渡以后怎么过河",
        problem="云溪镇老渡口因水位低停渡，对岸两个村民小组赶集要绕行九公里。",
        where="yunxi", place="老渡口", field="transport", source="party_government",
        sides=("对岸村民", "渡船经营户"),
    ), on=120)  # fmt: skip
    yield 116
    walk.step(case, "defer", reason="水文部门正在观测水位，等有了结果再定。", review_on=walk.day(1))


def toilets(walk: Walk) -> Plot:
    """Not adopted, reconsidered by the leader, approved: the research is to begin."""
    case = yield from tell.proposed(walk, Topic(
        title="集镇公厕建在哪里好",
        problem="金穗镇集镇只有一座公厕，离车站八百米。要加建一座，几处候选地点的住户都担心气味。",
        where="jinsui", place="集镇", field="living", sides=("候选地点住户", "赶集群众", "车站商户"),
    ), on=26)  # fmt: skip
    yield 22
    walk.step(case, "reject", reason="选址属于规划范围，建议直接向镇里反映。")
    yield 18
    walk.step(case, "reconsider", reason="规划只定数量，放在哪里正该和住户商量，同意重新审。")
    yield from tell.approved(walk, case, on=14, opinion="同意立题。请把几处住户都请到。")
    yield from tell.published(
        walk, case, on=12, summary="集镇要加建一座公厕，放在哪里，和几处住户一起商量。"
    )


def spring(walk: Walk) -> Plot:
    """Research is under way; the topic was approved by the Party committee, as 竹坪乡 has it."""
    case = yield from tell.proposed(walk, Topic(
        title="后山的水源地怎么护",
        problem="竹坪乡三个村喝的是后山泉水，近两年水源上方种了果树，用药用肥的水会渗下来。",
        where="zhuping", place="后山水源地", field="environment", source="party_government",
        sides=("果农", "用水村民"), wish="果树不砍，水也干净。",
    ), on=23)  # fmt: skip
    yield from tell.approved(walk, case, on=19, opinion="同意立题，请生态环境和农业农村部门参加。")
    yield from tell.researched(
        walk, case, on=16, plan="先取水样，再逐户问用药用肥。",
        visits=((12, "后山水源地", "site", 6, "水源上方有果树11亩，离取水口最近的只有三十米。"),
                (7, "后山三个村民小组", "survey", 58, "问卷58份：49份愿意换低毒药，33份愿意退出最近的一块地，要有补偿。")),
    )  # fmt: skip
    yield from tell.published(
        walk, case, on=5, summary="泉水上方种了果树，果树和水怎么都保住，正在逐户问、现场看。"
    )


def noise(walk: Walk) -> Plot:
    """Merged: the same matter is dealt with under another topic."""
    other = yield from tell.proposed(walk, Topic(
        title="广场音响声音太大",
        problem="城南街道滨河广场晚上几支队伍同时放音响，临河三栋楼的住户关了窗还听得见。",
        where="chengnan", place="滨河广场", field="living", sides=("跳舞队伍", "临河住户"),
    ), on=29)  # fmt: skip
    case = yield from tell.proposed(walk, Topic(
        title="滨河广场晚上吵得孩子写不了作业",
        problem="滨河广场的音响一直响到十点，临河楼上的孩子写不了作业。",
        where="chengnan", place="滨河广场", field="living", sides=("临河住户",),
    ), on=24)  # fmt: skip
    yield 20
    walk.step(case, "merge", target=other, reason="同一个广场、同一件事，合在一起商量。")
    yield from tell.approved(walk, other, on=18, opinion="同意立题，时间和音量一起商量。")
    yield from tell.published(
        walk, other, on=15, summary="几支队伍同时放音响，住户睡不好。时间、音量和地点，一起商量。"
    )


def pension(walk: Walk) -> Plot:
    case = yield from tell.proposed(walk, Topic(
        title="养老金认证跑了三趟",
        problem="石桥镇两位老人说，养老金资格认证刷脸总不过，跑了三趟窗口。",
        where="shiqiao", place="便民服务中心", field="care", sides=("领取养老金的老人", "便民服务中心"),
    ), on=52)  # fmt: skip
    yield 49
    walk.step(
        case,
        "refer",
        channel="县人社局便民服务窗口",
        reason="窗口当天就能办，不必等协商，已联系上门认证。",
    )
    yield from tell.published(walk, case, on=47, summary="老人认证刷脸不过，已转窗口上门办理。")


def boundary_tree(walk: Walk) -> Plot:
    case = yield from tell.proposed(walk, Topic(
        title="两家屋后的核桃树归谁",
        problem="青禾乡两户人家为屋后一棵核桃树争了两年。",
        where="qinghe", place="下坝村民小组", field="village", sides=("东边一户", "西边一户"),
    ), on=75)  # fmt: skip
    yield 71
    walk.step(
        case, "reject", reason="这是两家之间的权属纠纷，已请村人民调解委员会调解，不适合开会协商。"
    )


def winter_fair(walk: Walk) -> Plot:
    case = yield from tell.proposed(walk, Topic(
        title="街心花园摆不摆周末摊",
        problem="城南街道有人提议周末在街心花园摆摊，附近店铺有顾虑。",
        where="chengnan", place="街心花园", field="facilities", source="society",
        sides=("摊主", "附近店铺"),
    ), on=64)  # fmt: skip
    yield 60
    walk.step(
        case,
        "withdraw",
        by=case.created_by,
        reason="摊主和店铺已经自己商量好，错开时段摆，提出人撤回。",
    )


BEGINNINGS = (
    school_gate, stall_fees, terraces, culture_square, ferry, toilets, spring, noise, pension,
    boundary_tree, winter_fair,
)  # fmt: skip
