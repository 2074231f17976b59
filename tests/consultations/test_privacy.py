"""Personal data in free text is found before publishing, and masked when shown."""

from __future__ import annotations

import pytest
from django.utils import translation

from consultations.privacy import findings, mask_name

MOBILE, LANDLINE = "a mobile number", "a phone number"
CITIZEN, CARD, PLATE = "a citizen id number", "a bank card number", "a car plate"

PLANTED = [
    ("请联系村民，电话13887654321，随时可打。", MOBILE),
    ("电话：138-8765-4321", MOBILE),
    ("+86 138 8765 4321", MOBILE),
    ("手机１３８８７６５４３２１（微信同号）", MOBILE),
    ("微信wx13887654321", MOBILE),
    ("手机138.8765.4321", MOBILE),
    ("手机138\u200b8765\u200b4321", MOBILE),
    ("宅电0871-65123456", LANDLINE),
    ("宅电（0874）3123456", LANDLINE),
    ("身份证532622199003075218", CITIZEN),
    ("身份证号53262219900307521x。", CITIZEN),
    ("身份证 532622 19900307 5218", CITIZEN),
    ("卡号6222 0212 3456 7890 123", CARD),
    ("农行卡6228480402564890018", CARD),
    ("车牌云H·A1234占了消防通道", PLATE),
    ("云A12345D停在路中间", PLATE),
]
CLEAN = [
    "投入资金1700000元，修路13.8公里。",
    "案例编号532622-2026-0007，备案号青协备〔2026〕12号。",
    "2020年6月15日，第5326号提案。",
    "请拨打12345热线或110。",
    "往返车费由40元降到4元。",
    "区划代码532622100200。",
    "惠及13856户、45210人。",
    "合同编号HT-20260615-0012。",
    "总投资1380000万元，其中省级补助800万元。",
    "2021年至2023年，协商80余场，形成300余条，解决240余件。",
    "村里有138亩水田、8765株果树。",
    "云南省文山州，云岭先锋，云A区停车场。",
    "第13届政协第6次会议。",
    "面积1380.5平方米，高3.5米。",
    "海拔1987米，距县城46公里。",
    "每天8:30-17:30开放。",
    "收集意见213条，入户300余户。",
    "国办函〔2026〕12号文件。",
    "沟渠长1200米，宽0.8米，深0.65米。",
    "统一社会信用代码请向工作室查询。",
    "预算编码2130504、2130505。",
    "邮编663000。",
    "案例532622-2026-1207与532622-2026-0811。",
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), PLANTED)
def test_a_planted_identifier_is_found(text, kind):
    with translation.override("en"):
        assert kind in findings(text)


@pytest.mark.parametrize("text", CLEAN)
def test_a_clean_text_passes(text):
    assert findings(text) == []


def test_every_kind_is_named_once_and_together():
    text = "13887654321、13887654322，身份证532622199003075218，云HA1234"

    with translation.override("en"):
        assert findings(text) == [CITIZEN, MOBILE, PLATE]


def test_names_of_residents_are_found_wherever_they_stand():
    assert findings("感谢王大娘让出宅基地", names=["王大娘", "李四"]) == ["王大娘"]
    assert findings("感谢王 大娘", names=["王大娘"]) == ["王大娘"]
    assert findings("感谢大家", names=["王大娘"]) == []


def test_a_name_of_one_character_cannot_be_told_from_a_word():
    assert findings("王家村", names=["王"]) == []


@pytest.mark.parametrize(
    ("name", "masked"),
    [("张三", "张*"), ("张三丰", "张**"), ("欧阳某某", "欧***"), ("张", "张*"), ("", "")],
)
def test_a_name_keeps_its_first_character_only(name, masked):
    assert mask_name(name) == masked
