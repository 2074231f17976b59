"""Tasks on their way: signed for, returned, handed on, late, answered but not done."""

from __future__ import annotations

from consultations.demo import chapters as tell
from consultations.demo.chapters import Reply, Topic, item, seat, task
from consultations.demo.walk import Plot, Walk
from consultations.models import Case, Task


def lamps(walk: Walk) -> Plot:
    """Every shade between answered and really done, in one village."""
    case = yield from tell.filed(
        walk,
        Topic(
            title="村里的路灯一半是黑的",
            problem="柳坝村装了96盏路灯，亮的不到一半。报修不知道找谁，村口急弯没有灯，晚上摔过人。",
            where="liuba", place="", field="facilities", sides=("夜里赶路的村民", "路灯养护方"),
        ),
        on=124,
        visit=("柳坝村", "household", 33, "夜里走了一圈：96盏亮41盏；坏的多是电瓶老化，三盏是线断了。"),
        people=(
            seat("host", "县政协委员", name="演望舒"), seat("party", "村民", side="夜里赶路的村民", n=11),
            seat("party", "养护公司", side="路灯养护方", n=2), seat("cadre", "柳坝村党总支书记", name="示大田"),
            seat("department", "县住房和城乡建设局", name="演明灯"), seat("department", "县供电公司", name="示光远"),
            seat("department", "县交通运输局", name="演致远"),
        ),
        said=((1, "demand", "坏了报给谁，多久来修，要有个说法。"), (2, "position", "电瓶过了保修期，要换得有钱。"),
              (4, "answer", "住建局列专项，三个月内换完。"), (6, "answer", "急弯归公路，交通局来装。")),
        items=(
            item("更换损坏的路灯电瓶，修复断线。", "county", "县住房和城乡建设局", due=35,
                 measure="96盏全亮，村民夜里看",
                 tasks=(task("更换55盏路灯的电瓶", "housing"), task("修复三处断线", "power"))),
            item("村口急弯处补装三盏灯和反光桩。", "county", "县交通运输局", due=-12,
                 tasks=(task("补装三盏路灯", "transport"), task("安装反光桩", "transport", due=-9))),
            item("灯杆编号，贴报修电话，报修三天内到场。", "township", "云溪镇人民政府", due=50,
                 tasks=(task("灯杆编号并贴报修牌", "town.yunxi"),)),
        ),
        summary="夜里一起走了一圈再开会。电瓶由住建局换，急弯由交通局装灯，灯杆编号，坏了知道找谁。",
        at="柳坝村文化活动室前",
    )  # fmt: skip
    for number, plot in ((1, _batteries), (2, _wires)):
        walk.begin(plot(walk, walk.task(case, 1, number)))
    walk.begin(_bend(walk, walk.task(case, 2, 1)))
    walk.begin(_posts(walk, walk.task(case, 2, 2)))
    yield from tell.handled(
        walk, walk.task(case, 3), signed=95,
        reply=Reply(60, "96根灯杆全部编号，报修牌贴在离地一米五处，接报三天内到场。"),
        accepted=58, verified=(52, "site", "沿路看了，编号和报修牌都在，打过去有人接。"),
    )  # fmt: skip
    yield from tell.published(
        walk, case, on=50, summary="96盏路灯亮了不到一半。换电瓶、修断线、补急弯，一件一件跟到亮。"
    )


def _batteries(walk: Walk, found: Task) -> Plot:
    """Answered as done; the member counted in the evening: it was not, and then only partly."""
    yield from tell.handled(
        walk, found, signed=94, progress=((70, "第一批30盏电瓶到货安装。", 55),),
        reply=Reply(52, "55盏路灯电瓶已全部更换，夜间测试正常。"), accepted=50,
    )  # fmt: skip
    yield 45
    walk.step(found, "verify_false", method="site", finding="夜里数了两遍，亮的是78盏，还有18盏不亮。",
              reason="夜里数了两遍，亮的是78盏，还有18盏不亮。")  # fmt: skip
    yield from tell.replied(walk, found, Reply(36, "不亮的18盏已重新检修，11盏换了电瓶。"))
    yield 34
    walk.step(found, "accept_reply")
    yield 27
    walk.step(found, "verify_partly", method="site", finding="亮的是89盏，还有7盏不亮。",
              reason="又修好11盏，还有7盏不亮，请继续办。")  # fmt: skip
    yield 24
    walk.step(found, "record_contact", talked_on=walk.day(24), way="site",
              text="和村民一起把不亮的7盏逐盏认了一遍。")  # fmt: skip
    yield 10
    walk.step(found, "report_progress", text="剩下7盏等电瓶到货。", percent=90)


def _wires(walk: Walk, found: Task) -> Plot:
    """The reply waits for the office."""
    yield from tell.handled(
        walk, found, signed=94, progress=((66, "两处断线已接通。", 70),),
        reply=Reply(4, "三处断线全部接通，更换老化导线120米。"),
    )  # fmt: skip


def _bend(walk: Walk, found: Task) -> Plot:
    """The answer was accepted; somebody other than the unit has still to look."""
    yield from tell.handled(
        walk, found, signed=93, progress=((40, "灯杆基础已浇筑。", 50),),
        reply=Reply(9, "三盏太阳能路灯已装好，每晚七点到次日六点亮。"), accepted=7,
    )  # fmt: skip


def _posts(walk: Walk, found: Task) -> Plot:
    """The officer has drafted the reply; the leader of the unit has still to sign it."""
    yield from tell.handled(walk, found, signed=93, progress=((15, "反光桩到货，明天安装。", 60),))
    yield 2
    walk.step(found, "draft_reply", body="急弯两侧已安装反光桩16根，间距两米。", meaning="solved",
              result_class="A")  # fmt: skip


def drains(walk: Walk) -> Plot:
    """Joint handling: one assisting unit has given its opinion, the other one is late."""
    case = yield from tell.filed(
        walk,
        Topic(
            title="一下雨街面就积水",
            problem="石桥镇正街雨大时水漫过脚踝，商铺门口垒沙袋。沟是住建修的，出口在河道，清淤归镇里，哪家都说不全。",
            where="shiqiao", place="正街", field="facilities", source="member",
            proposer="县政协工商联界委员", sides=("沿街商铺", "正街住户"),
        ),
        on=88,
        visit=("石桥镇正街", "site", 19, "雨中看了一次：两个雨水口被油污堵死，出口比河面只高二十厘米。"),
        people=(
            seat("host", "县政协委员", name="演三省"), seat("party", "商铺代表", side="沿街商铺", n=7),
            seat("party", "住户", side="正街住户", n=6), seat("department", "县住房和城乡建设局", name="演明灯"),
            seat("department", "县水务局", name="示清源"), seat("township", "石桥镇副镇长", name="示石坚"),
        ),
        said=((1, "demand", "每年泡一次，货泡坏了找谁。"), (3, "answer", "沟可以加深，出口要水务来看。"),
              (5, "answer", "清淤镇里认，商铺不往沟里倒油。")),
        items=(
            item("加深正街排水沟，改造出口，三个月内完工。", "county", "县住房和城乡建设局", due=-4,
                 measure="大雨时街面不积水",
                 tasks=(task("加深排水沟，改造雨水口", "housing", role="lead"),
                        task("核定河道出口标高", "water", role="assist", due=35),
                        task("清淤，管住向沟里倒油污", "town.shiqiao", role="assist", due=30))),
            item("商铺不往雨水口倒油污，装隔油桶。", "township", "石桥镇人民政府", due=-14,
                 tasks=(task("发放隔油桶，逐户登记", "town.shiqiao"),)),
        ),
        summary="三家单位当着商铺的面把沟从头说到尾：住建牵头，水务定出口，镇里清淤。",
    )  # fmt: skip
    lead, water = walk.task(case, 1, 1), walk.task(case, 1, 2)
    walk.begin(_opinion(walk, water))
    walk.begin(tell.handled(walk, walk.task(case, 1, 3), signed=57))
    walk.begin(tell.handled(walk, walk.task(case, 2), signed=57,
                            progress=((20, "发放隔油桶21个，已登记。", 60),)))  # fmt: skip
    yield from tell.published(
        walk, case, on=54, summary="一下雨就积水，三家单位坐到一起，把一条沟从头到尾说清楚。"
    )
    yield from tell.handled(
        walk, lead, signed=53, progress=((30, "排水沟加深完成180米。", 45), (8, "累计完成320米，只剩出口一段。", 80)),
    )  # fmt: skip


def _opinion(walk: Walk, found: Task) -> Plot:
    yield 56
    walk.step(found, "sign_for")
    yield 44
    walk.step(found, "give_opinion", text="出口标高可抬高三十厘米，加一道拍门，防河水倒灌。")


def bridge(walk: Walk) -> Plot:
    """Returned by two units, given to a third by a binding conference, which has its dissent noted
    and is late. The total clock runs on."""
    case = yield from tell.filed(
        walk,
        Topic(
            title="村口桥栏断了三年",
            problem="青禾乡下坝村口的桥，栏杆断了七米，用竹竿拦着。孩子上学、牛过桥都从旁边走。",
            where="qinghe", place="下坝桥", field="transport", sides=("过桥的村民", "养牛户"),
        ),
        on=168,
        visit=("下坝桥", "site", 14, "桥面完好，栏杆断七米，两头没有限重标志。"),
        people=(
            seat("host", "县政协委员", name="演五岳"), seat("party", "村民", side="过桥的村民", n=9),
            seat("party", "养牛户", side="养牛户", n=3), seat("department", "县住房和城乡建设局", name="演明灯"),
            seat("township", "青禾乡副乡长", name="示稻香"),
        ),
        said=((1, "demand", "三年了，竹竿都换了两回。"), (3, "answer", "这座桥在村道上，归哪家管要查一查，会后三天回话。")),
        items=(
            item("修好下坝桥栏杆。", "county", "县住房和城乡建设局", due=60,
                 measure="栏杆修好，能挡住人和牲口", tasks=(task("修复七米栏杆", "housing"),)),
            item("修好以前，桥头设围挡和提示牌。", "township", "青禾乡人民政府", due=120,
                 tasks=(task("设围挡和提示牌", "town.qinghe"),)),
        ),
        summary="先围起来再修。桥归哪家管，会后三天给回话。", at="下坝桥头",
    )  # fmt: skip
    walk.begin(
        tell.handled(
            walk,
            walk.task(case, 2),
            signed=138,
            reply=Reply(130, "围挡和提示牌当天设好。"),
            accepted=128,
            verified=(122, "site", "围挡在，提示牌醒目，晚上有反光。"),
        )
    )
    rails = walk.task(case, 1)
    yield 137
    walk.step(rails, "request_return", reason="下坝桥在村道上，按职责分工由交通运输部门养护。",
              basis="县级部门权责清单：农村公路桥梁养护", suggested_unit="演示县交通运输局")  # fmt: skip
    yield 136
    walk.step(
        rails,
        "reassign",
        unit=walk.places.units["town.qinghe"],
        reason="桥在村道上，请乡里承办。",
    )
    yield from _conferred(walk, case)
    yield from tell.handled(
        walk, walk.task(case, 1), signed=131,
        progress=((100, "栏杆图纸已出，列入小修计划。", 30),),
    )  # fmt: skip
    yield from tell.published(
        walk, case, on=90, summary="断了三年的桥栏，先围起来，再把归谁修查清楚。"
    )
    yield from tell.followed(
        walk,
        case,
        on=24,
        kind="inspection",
        people="县政协委员3人",
        finding="现场看：围挡在，栏杆还没有动工，请交通运输局说明时间。",
    )


def _conferred(walk: Walk, case: Case) -> Plot:
    """The second bounce: a conference decides, and the unit it names does not agree."""
    rails = walk.task(case, 1)
    yield 135
    walk.step(rails, "request_return", reason="村道桥梁的养护资金不在乡里。",
              basis="农村公路养护办法：村道桥梁由县级交通运输部门养护", suggested_unit="演示县交通运输局")  # fmt: skip
    yield 133
    walk.step(rails, "reassign", unit=walk.places.units["transport"], reason="会商确定由交通运输局承办。",
              conference={"held_on": walk.day(133),
                          "participants": "县政协办公室、交办督查机构、交通运输局、住房和城乡建设局、青禾乡",
                          "minutes": "桥面养护归交通运输局，栏杆一并承办；围挡由乡里看护。"})  # fmt: skip
    rails = walk.task(case, 1)
    yield 132
    walk.step(
        rails, "note_dissent", text="栏杆不在年度养护计划内，资金要另外安排；按会商结果承办。"
    )


def school_bus(walk: Walk) -> Plot:
    """Handed over this week: one task unsigned, one signed, one to be returned; to be released."""
    case = yield from tell.filed(
        walk,
        Topic(
            title="校车停在弯道上，孩子横穿公路",
            problem="云溪镇中心校的校车停在弯道上，两边看不见来车，孩子下车就横穿公路。",
            where="yunxi", place="中心校", field="transport", sides=("学生家长", "校车公司"),
        ),
        on=33,
        visit=("云溪镇中心校", "site", 16, "早晚各看一次：停车点前后视距不到四十米；往东八十米有块空地。"),
        people=(
            seat("host", "县政协委员", name="演望舒"), seat("party", "家长", side="学生家长", n=8),
            seat("party", "校车公司", side="校车公司", n=2), seat("police", "交警中队", name="示平安"),
            seat("department", "县交通运输局", name="演致远"), seat("department", "县教育体育局", name="演桃李"),
        ),
        said=((1, "demand", "停车点挪一挪，孩子走人行道进校。"), (2, "position", "有地方停，我们就改点。"),
              (4, "answer", "空地平整、划线由交通来做。")),
        items=(
            item("校车停靠点东移八十米，划线、设牌。", "county", "县交通运输局", due=-30,
                 tasks=(task("平整空地，划停车位，设停靠牌", "transport"),)),
            item("校门到停靠点设护栏和斑马线。", "county", "县教育体育局", due=-30,
                 tasks=(task("设护栏和斑马线", "schools"),)),
            item("上下学时段安排护学岗。", "township", "云溪镇人民政府", due=-10,
                 tasks=(task("安排护学岗", "town.yunxi"),)),
        ),
        summary="停靠点挪到空地上，划线、设牌、护栏、护学岗，各有各的单位。",
    )  # fmt: skip
    rails = walk.task(case, 2)
    yield 4
    walk.step(walk.task(case, 3), "sign_for", handler="镇综治中心")
    yield 2
    walk.step(rails, "request_return", reason="斑马线和护栏设在公路上，本单位没有施工权限。",
              basis="县级部门权责清单：公路附属设施", suggested_unit="演示县交通运输局")  # fmt: skip
    yield 1
    tell.worded(
        walk,
        case,
        summary="校车停在弯道上，孩子横穿公路。停靠点东移八十米，划线、护栏、护学岗都有人管。",
    )


HANDLING = (lamps, drains, bridge, school_bus)
