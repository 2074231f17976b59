"""Bamboo weaving: three meetings on one matter, money granted, figures of the result."""

from __future__ import annotations

from consultations.demo import chapters as tell
from consultations.demo.chapters import Reply, Topic, item, promise, seat, task
from consultations.demo.walk import Plot, Walk
from consultations.models import Case

TOPIC = Topic(
    title="竹编手艺怎么变成收入",
    problem=(
        "竹园村家家会编竹，各编各的，没有牌子。收货的人一个背篓给十几块，编一个要两天。年轻人不愿学，"
        "会编“回字纹”的老人只剩七位。"
    ),
    wish="有人牵头，手艺传得下去，也挣得到钱。",
    where="zhuyuan",
    place="",
    sides=("编竹的村民", "收购商户"),
    field="industry-culture",
    source="society",
)
FIRST = (
    seat("host", "县政协委员", name="演十里"),
    seat("party", "编竹的村民", side="编竹的村民", n=14),
    seat("party", "收购商户", side="收购商户", n=3),
    seat("cadre", "竹园村党总支书记", name="示青竹"),
    seat("department", "县文化和旅游局", name="演墨香"),
)
SECOND = (*FIRST, seat("department", "县农业农村局", name="演麦熟"), seat("elder", "老手艺人", n=4),
          seat("township", "竹坪乡副乡长", name="示清风"))  # fmt: skip
THIRD = (*SECOND, seat("expert", "州里的工艺美术师"))

SECOND_ITEMS = (
    item("成立竹编专业合作社，统一收货、统一标识。", "township", "竹坪乡人民政府", due=150,
         measure="合作社登记，社员签字入社",
         tasks=(task("帮助登记合作社，立好章程和账目", "town.zhuping"),)),
    item("申请非遗保护项目资金，办传习所。", "county", "县文化和旅游局", due=120, funds="非遗保护项目资金",
         tasks=(task("申报项目资金，建传习所", "culture"),)),
    item("老手艺人每月带徒两次，学徒半年内能独立编一件。", "parties", "老手艺人、村民", due=60,
         promises=(promise("编竹的村民", "选出十名学徒，按时来学", side="编竹的村民"),
                   promise("收购商户", "合格品按商定的底价收，不压价", side="收购商户",
                           condition="合作社统一验货"))),
)  # fmt: skip


def craft(walk: Walk) -> Plot:
    case = yield from tell.proposed(walk, TOPIC, on=318)
    yield from tell.approved(
        walk, case, on=313, opinion="关系一村人的手艺和收入，同意立题，慢慢商量，不急着定。"
    )
    yield from tell.researched(
        walk, case, on=311, plan="住到村里三天，看手艺、问价钱、访老人。",
        visits=((306, "竹园村", "stay", 41, "全村会编的有108人，40岁以下只有9人；户均一年编竹收入不到两千元。"),
                (302, "县城竹器店三家", "talk", 4, "店里愿意要统一尺寸、带标识的货，价钱能高三成。")),
    )  # fmt: skip
    yield from _first_round(walk, case)
    yield from _second_round(walk, case)
    yield from _third_round(walk, case)
    walk.begin(_school(walk, case))
    walk.begin(_cooperative(walk, case))
    yield from tell.kept(
        walk, case, item=3, findings=(
            (52, "kept", "十名学徒来了九名，八名能独立编一件。"),
            (51, "kept", "两批货都按底价收，没有压价。"),
        ),
    )  # fmt: skip
    yield from _ending(walk, case)


def _first_round(walk: Walk, case: Case) -> Plot:
    yield from tell.invited(
        walk, case, on=298, held=292, name="竹园村院坝协商会（第一次）", at="竹园村老榕树下"
    )
    yield from tell.parted(
        walk, case, on=291, people=FIRST,
        said=((1, "demand", "统一收可以，价钱谁定？"), (2, "position", "底价定高了卖不出去，我们不敢包收。")),
        dissent="合作社由谁牵头、底价怎么定，村民和商户没有谈拢。",
        reason="底价分歧较大，商定先到店里摸价，下个月再商量一次。",
        summary="大家都想把竹编做起来，在底价和谁来牵头上没谈拢，约好再商量。",
    )  # fmt: skip


def _second_round(walk: Walk, case: Case) -> Plot:
    yield from tell.invited(
        walk, case, on=272, held=266, name="竹园村院坝协商会（第二次）", at="竹园村老榕树下"
    )
    yield from tell.agreed(
        walk, case, on=265, people=SECOND,
        said=((1, "position", "先按两种尺寸定底价，卖得好再加。"), (2, "position", "验货由合作社管，我们就敢收。"),
              (4, "answer", "传习所可以申请项目资金，要有合作社来接。")),
        items=SECOND_ITEMS, summary="底价按两种尺寸定了下来，合作社牵头，老人带徒。",
    )  # fmt: skip
    yield 262
    walk.step(case, "submit_outcome")
    yield 258
    reason = "资金写的是“申请”，没有说申请不到怎么办，请再商量一次写清楚。"
    pk = case.items.get(number=2).pk
    walk.step(case, "return_outcome", item_reasons={str(pk): reason}, substance=True)


def _third_round(walk: Walk, case: Case) -> Plot:
    yield from tell.invited(
        walk, case, on=254, held=247, name="竹园村院坝协商会（第三次）", hour=10
    )
    yield from tell.agreed(
        walk, case, on=246, people=THIRD,
        said=((1, "position", "资金下来就建传习所，下不来先用村里的老仓房。"),
              (4, "answer", "申报材料这个月报上去，批不批都给村里回话。")),
        items=(item("项目资金批不下来，传习所先用村里的老仓房，农闲时开课。", "village", "竹园村", due=100,
                    promises=(promise("编竹的村民", "老仓房自己收拾，农闲时开课", side="编竹的村民"),)),),
        summary="把最要紧的一条补上了：资金批不下来，传习所先用老仓房。",
    )  # fmt: skip
    yield from tell.decided(
        walk, case, submit=244, approve=241, file=239, opinion="写清楚了，同意。"
    )


def _school(walk: Walk, case: Case) -> Plot:
    yield from tell.handled(
        walk, walk.task(case, 2), signed=237,
        progress=((210, "申报材料已报到州里。", 30), (160, "项目批了60万元，传习所开工。", 60)),
        reply=Reply(118, "项目资金60万元已到位，传习所建成，能坐40人。"),
        accepted=115, verified=(104, "site", "传习所已经开课，当天有16人在学。"),
    )  # fmt: skip


def _cooperative(walk: Walk, case: Case) -> Plot:
    yield from tell.handled(
        walk, walk.task(case, 1), signed=238,
        progress=((200, "章程讨论了两次，26户签字入社。", 50),),
        reply=Reply(152, "合作社已登记，96人入社，账目每季度公布。"),
        accepted=149, verified=(140, "document", "看了登记证和入社名册，账目公布了一期。"),
    )  # fmt: skip


def _ending(walk: Walk, case: Case) -> Plot:
    promises = tell.kept(
        walk, case, item=4, findings=((50, "kept", "资金批下来了，老仓房改作了库房，农闲课照开。"),)
    )
    yield from promises
    yield 46
    tell.measured(
        walk,
        case,
        metrics=(
            {"name": "合作社社员", "before": 26, "after": 96, "unit": "人"},
            {"name": "会编“回字纹”的人", "before": 7, "after": 15, "unit": "人"},
            {
                "name": "户均一年编竹收入",
                "before": 1900,
                "after": 8200,
                "unit": "元",
                "exactness": "about",
            },
            {"name": "培训", "after": 120, "unit": "人次", "exactness": "more_than"},
        ),
        funds=({"name": "非遗保护项目资金", "granted": 600000},),
    )
    yield from tell.published(
        walk, case, on=42, summary="家家会编竹，各编各的不挣钱。商量了三次，有了合作社、底价和传习所。",
        result="合作社96人入社，传习所建成开课，八名学徒能独立编一件。项目资金60万元。合格品按商定的底价收。",
    )  # fmt: skip
    yield from tell.followed(
        walk,
        case,
        on=30,
        kind="reconsultation",
        people="合作社、商户、委员",
        finding="为一笔两百件的订单又碰了一次头，底价不变，验货改为两人一组。",
    )
    yield 16
    walk.step(case, "open_rating")
    yield from tell.rated(
        walk,
        case,
        on=9,
        answers=(
            ("affected", "paper", "satisfied", 41, ""),
            ("affected", "paper", "dissatisfied", 3, "离传习所远的村民小组来学不方便"),
        ),
    )
