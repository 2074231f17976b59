"""What residents sent in: taken up, answered, passed on, turned down, still unread."""

from __future__ import annotations

from consultations.demo import chapters as tell
from consultations.demo.walk import Plot, Walk
from consultations.models import Case, Suggestion, TopicField
from consultations.services import records, suggestions

State = Suggestion.State


def _sent(
    walk: Walk, *, title: str, problem: str, where: str, place: str, wish: str = ""
) -> Suggestion:
    return suggestions.receive(
        title=title, problem=problem, wish=wish, place=place,
        region=walk.places.regions[where], form_token=f"demo-{title}",
    )  # fmt: skip


def stairwell(walk: Walk) -> Plot:
    """Taken up by the office, completed and submitted: it waits for the leader."""
    yield 9
    sent = _sent(
        walk, title="楼道灯坏了半年没人换", where="xingfu", place="一号院",
        problem="三单元楼道灯坏了半年，物业说归社区，社区说归物业。晚上老人上楼要打手电。",
        wish="把归谁管说清楚，把灯换上。",
    )  # fmt: skip
    yield 7
    case = suggestions.accept(sent, by=walk.cast["office"])
    _complete(walk, case, "chengnan", "housing", sides=("住户", "物业公司"))
    yield 5
    walk.step(case, "submit", by=walk.cast["office"])


def crossing(walk: Walk) -> Plot:
    """Taken up and approved; the resident sees the way with the query code."""
    yield 28
    sent = _sent(
        walk, title="老街过马路没有斑马线", where="yunxi", place="老街",
        problem="老街到卫生院要过一条大路，没有斑马线，老人要等好一阵才敢过。",
    )  # fmt: skip
    yield 25
    case = suggestions.accept(sent, by=walk.cast["office"])
    _complete(walk, case, "yunxi", "transport", sides=("看病的老人", "过往司机"))
    walk.step(case, "submit", by=walk.cast["office"])
    yield from tell.approved(walk, case, on=20, opinion="同意立题，可与“集镇摊位”一并踏勘。")
    yield from tell.published(
        walk, case, on=17, summary="去卫生院要过一条没有斑马线的大路，怎么过得安全，一起商量。"
    )


def _complete(walk: Walk, case: Case, town: str, field: str, *, sides: tuple[str, ...]) -> None:
    """The office adds what the resident was not asked."""
    office = walk.cast["office"]
    changes = {
        "studio": walk.places.studios[town],
        "campaign": walk.places.campaign,
        "field": TopicField.objects.get(code=field),
        "sensitivity": "normal",
    }
    records.edit(case, by=office, version=case.version, changes=changes)
    rows = [{"name": name} for name in sides]
    records.save_sides(case, by=office, version=case.version, rows=rows)
    walk.clock.tick()


def letters(walk: Walk) -> Plot:
    """Three that did not become a topic, each with an answer for the resident."""
    for ago, title, problem, where, state, answer in (
        (58, "集镇自来水发黄", "早上头一拨水发黄，放十分钟才清。", "shiqiao", State.REFERRED,
         "已转县水务局处理：主管网在冲洗，一周内会清。没有好转请再告诉我们。"),
        (43, "公交卡在哪里充值", "镇上没有充值点，要到县城充。", "jinsui", State.ANSWERED,
         "便民服务中心大厅的自助机就能充值，手机也能充，工作日有人帮忙。"),
        (31, "要求给亲戚调岗", "希望给在学校上班的亲戚换个岗位。", "yunxi", State.REFUSED,
         "岗位调整由用人单位按规定办理，不属于协商的范围，谢谢您的来信。"),
    ):  # fmt: skip
        yield ago
        sent = _sent(walk, title=title, problem=problem, where=where, place="")
        yield ago - 3
        suggestions.decline(sent, by=walk.cast["office"], state=state, answer=answer)


def unread(walk: Walk) -> Plot:
    """One is overdue for its first answer, one came in yesterday."""
    yield 11
    _sent(walk, title="村卫生室下午没有人", where="zhuyuan", place="卫生室",
          problem="卫生室下午常锁着门，要打电话等村医从地里回来。", wish="能不能公布坐诊的时间。")  # fmt: skip
    yield 1
    _sent(walk, title="广场的健身器材坏了两台", where="yunxi", place="文化广场",
          problem="漫步机少了一个踏板，孩子玩容易夹脚。", wish="修好或者拆掉。")  # fmt: skip


def by_phone(walk: Walk) -> Plot:
    """An old man called; the clerk wrote it down and read the query code out to him."""
    yield 2
    title = "赶集班车停了没有通知"
    suggestions.enter(
        by=walk.cast["office"],
        channel="phone",
        region=walk.places.regions["zhuyuan"],
        place="二组",
        title=title,
        problem="赶集那天的班车停开，老人在路口等了一上午。",
        wish="停开要提前说一声。",
        form_token=f"demo-{title}",
    )


def same_again(walk: Walk) -> Plot:
    """A neighbour raised the dark stairwell too: joined, and followed with the own query code."""
    yield 6
    again = _sent(
        walk, title="楼道太黑不敢下楼", where="xingfu", place="一号院",
        problem="晚上楼道没有灯，老人不敢下楼倒垃圾。", wish="早点把灯修好。",
    )  # fmt: skip
    yield 4
    first = Suggestion.objects.get(title="楼道灯坏了半年没人换")
    suggestions.join(
        again, by=walk.cast["office"], to=first,
        answer="您说的和邻居先前提的是同一件事，已并在一起办，用您的查询码能看到进展。",
    )  # fmt: skip


INBOX = (stairwell, crossing, letters, unread, by_phone, same_again)
