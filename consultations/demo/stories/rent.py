"""Late rent for leased land: promises of villagers and a company, one of them on a condition."""

from __future__ import annotations

from consultations.demo import chapters as tell
from consultations.demo.chapters import Reply, Topic, item, promise, seat, task
from consultations.demo.walk import Plot, Walk
from consultations.models import Case

TOPIC = Topic(
    title="大棚租金能不能缓一缓",
    problem=(
        "柳坝村有680亩地流转给一家公司种鲜切花。花价连着半年下跌，公司周转不开，该付的租金拖了"
        "下来。82户村民等着这笔钱买种子化肥，有人要收回土地；公司担心前期投入打了水漂。村里调解了"
        "两次，没有谈拢。"
    ),
    wish="租金什么时候付、分几次付，有个准话，有人看着。",
    where="liuba",
    place="花卉基地",
    sides=("出租土地的村民", "承包公司"),
    field="land",
    proposer="柳坝村村民小组",
)
VISITS = (
    (
        395,
        "柳坝村三组、五组",
        "household",
        26,
        "26户里有19户愿意等，但要有书面的付款日期；7户急用钱，希望先付一部分。",
    ),
    (
        392,
        "花卉基地",
        "talk",
        9,
        "公司愿意付，账上的钱只够先付四成，其余要等下一季花款回来。基地常年用工46人，多是本村妇女。",
    ),
)
PEOPLE = (
    seat("host", "县政协委员", name="演望舒"),
    seat("member", "县政协委员", n=2),
    seat("party", "村民代表", side="出租土地的村民", n=12),
    seat("party", "公司负责人和会计", side="承包公司", n=2),
    seat("cadre", "柳坝村党总支书记", name="示大田"),
    seat("township", "云溪镇副镇长", name="示长河"),
    seat("department", "县农业农村局", name="演麦熟"),
    seat("lawyer", "镇司法所公益律师"),
)
SAID = (
    (2, "demand", "租金早就该付，拖到现在没有一句准话，再拖地就不租了。"),
    (3, "position", "钱不是不付，花款下一季才回来。眼下能先付四成，其余分期，写进协议。"),
    (2, "position", "缓一缓可以，但得有人管着，到日子不付我们找谁。"),
    (6, "answer", "农业农村局每月核一次付款，把结果告诉村里。"),
    (0, "proposal", "两边都退一步：公司把日子写死，村民这段时间不收地，政府按月看着。"),
)
ITEMS = (
    item("欠付的租金分两次付清：两个月内付四成，五个月内付清其余。", "parties", "承包公司负责人", due=240,
         measure="82户租金到账，以村里公示为准",
         promises=(
             promise("承包公司", "按两次日期足额付款，逾期一天按协议计息", side="承包公司", due=240),
             promise("出租土地的村民", "同意缓缴，期间不收回土地、不断水断路",
                     side="出租土地的村民", due=240,
                     condition="农业农村部门按月查看付款情况，并把结果告诉村民"),
         )),
    item("付款由县、镇两级按月监督，结果在村务公开栏公布。", "county", "县农业农村局、云溪镇", due=235,
         tasks=(task("按月核对租金支付，把结果通报到村", "farming"),
                task("每次付款后在村务公开栏公布", "town.yunxi"))),
    item("基地用工优先请出租土地的农户。", "parties", "承包公司负责人", due=200,
         promises=(promise("承包公司", "新增用工先问出租土地的农户", side="承包公司"),)),
)  # fmt: skip


def rent(walk: Walk) -> Plot:
    case = yield from tell.proposed(walk, TOPIC, on=402)
    yield from tell.approved(
        walk, case, on=399, opinion="事小但牵动82户，同意立题，先把两边的账摸清。"
    )
    yield from tell.researched(
        walk, case, on=397, plan="委员带队入户走访，再到基地看账，两天内完成。", visits=VISITS
    )
    yield from tell.invited(
        walk,
        case,
        on=389,
        held=385,
        name="柳坝村院坝协商会：大棚租金",
        at="柳坝村三组晒场",
        hour=19,
    )
    yield from tell.agreed(
        walk, case, on=384, people=PEOPLE, said=SAID, items=ITEMS,
        summary="在晒场上围坐了两个小时。村民说难处，公司摊开账本，最后各退一步：租金分两次付，村民不收地，"
        "县里和镇里按月看着。",
    )  # fmt: skip
    yield from tell.decided(
        walk,
        case,
        submit=382,
        approve=379,
        file=377,
        opinion="同意。按月监督的结果要让村民看得到。",
    )
    walk.begin(_watching(walk, case))
    walk.begin(_notice_board(walk, case))
    yield from tell.kept(
        walk, case, item=1, findings=(
            (232, "kept", "两次租金都按日子到账，82户全部收齐。"),
            (231, "kept", "缓缴期间没有收地，基地照常用水用路。"),
        ),
    )  # fmt: skip
    yield from tell.kept(
        walk, case, item=3, findings=((198, "kept", "新用的11名工人里有9名来自出租土地的农户。"),)
    )
    yield from _ending(walk, case)


def _watching(walk: Walk, case: Case) -> Plot:
    """The bureau looks at the payments every month."""
    yield from tell.handled(
        walk, walk.task(case, 2, 1), signed=376,
        progress=((350, "第一次核对：首付四成已到账31户，其余本周内付。", 30),
                  (318, "首付四成全部到账，共82户。", 50),
                  (262, "第二次付款到账70户，催办剩余12户。", 85)),
        reply=Reply(240, "一、每月核对一次，共核对五次。二、两次付款共82户全部到账。三、核对结果每次都送到村里。"),
        accepted=238, verified=(233, "household", "走访15户，都说钱收到了，也看到了公示。"),
    )  # fmt: skip


def _notice_board(walk: Walk, case: Case) -> Plot:
    yield from tell.handled(
        walk, walk.task(case, 2, 2), signed=375,
        progress=((316, "第一次付款名单已在村务公开栏公布。", 50),),
        reply=Reply(239, "两次付款都在付清后三天内公布，公布栏照片已存档。"),
        accepted=237, verified=(233, "site", "公开栏上两次名单都在。"),
    )  # fmt: skip


def _ending(walk: Walk, case: Case) -> Plot:
    yield 190
    tell.measured(
        walk,
        case,
        metrics=(
            {"name": "没有拿到租金的农户", "before": 82, "after": 0, "unit": "户"},
            {"name": "流转土地", "after": 680, "unit": "亩"},
        ),
    )
    yield from tell.published(
        walk, case, on=186, summary="花卖不动，680亩地的租金拖了下来。坐下来商量，分两次付清，有人按月看着。",
        result="欠付的租金分两次付清，82户全部收齐。村民在缓缴期间没有收地，公司照常生产，新用工先请出租土地的农户。",
    )  # fmt: skip
    yield 180
    walk.step(case, "open_rating")
    yield from tell.rated(
        walk,
        case,
        on=172,
        answers=(
            ("affected", "paper", "satisfied", 58, ""),
            ("affected", "paper", "fair", 9, ""),
            ("affected", "paper", "dissatisfied", 2, "利息算得少了"),
            ("member", "paper", "satisfied", 3, ""),
        ),
    )
    yield 165
    walk.step(
        case, "close", unhappy_answer="向两户当面讲清：利息按会上商定的标准计算，两户同意按此结清。"
    )
    yield from tell.followed(
        walk,
        case,
        on=40,
        kind="look_back",
        people="县政协委员2人",
        finding="半年后回头看：当年租金按期付了，没有新的拖欠。",
    )
