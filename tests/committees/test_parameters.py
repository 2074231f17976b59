"""Local rules: the nearest place upward that set one, from its date on, else the default."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from committees.models import Parameter, ResultClass, ResultMeaning
from committees.parameters import (
    DEFAULTS,
    GATES,
    RESULT_CLASSES,
    check_lights,
    checked,
    result_classes_for,
    shown,
    value_for,
)
from tests.factories import a_region

pytestmark = pytest.mark.django_db
KEY = "sign_for_days"
LONG_AGO = dt.date(2020, 1, 1)


def put(code: str, value, *, key=KEY, since=LONG_AGO) -> None:
    Parameter.objects.create(region_id=code, key=key, value=value, effective_from=since)


def test_nothing_set_means_the_default_of_the_specification(county):
    assert value_for(county.village, KEY) == 2
    assert {key: rule.default for key, rule in DEFAULTS.items()} == {
        "topic_decision_days": 10, "party_decision_days": 5, "filing_days": 5, "outcome_days": 5,
        "sign_for_days": 2, "lapse_days": 5, "return_window_days": 5, "reply_months": 3,
        "opinion_months": 1, "return_decision_days": 5, "rehandle_months": 1,
        "look_back_first_months": 6, "look_back_second_months": 12, "sleep_days": 60,
        "rehandle_rounds": 2, "reconsult_days": 30, "reconsult_rounds": 3,
        "extension_ask_days": 5, "extension_max_days": 31,
        "suspend_max_days": 180, "defer_max_days": 180, "verify_days": 20, "rating_days": 15,
        "lookback_days": 90, "blue_days": 5, "yellow_days": 2, "quiet_days": 30,
        "relapse_months": 24, "anonymise_months": 24, "topic_gate": "leader", "filing_prefix": "",
        "meeting_formula": "", "hotline": "", "slip_prefix": "", "correct_days": 10,
        "urge_reminder_days": 1, "urge_slip_days": 5, "urge_leader_days": 10,
        "urge_answer_days": 3, "extension_decision_days": 3, "first_contact_days": 10,
        "letter_prefix": "", "research_gate": "none", "dispatch_days": 3,
        "meeting_notice_days": 5, "materials_days": 3, "minutes_days": 7, "reply_fast_days": 20,
        "reply_long_months": 6, "return_dispute_days": 10, "publish_days": 20,
        "first_answer_days": 5,
    }  # fmt: skip


def test_every_rule_is_read_by_something():
    """A rule that nothing reads would be a promise to the place that sets it."""
    code = [
        path.read_text()
        for app in ("committees", "consultations")
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if path.name not in ("parameters.py", "local_rules.py")
        and not {"demo", "migrations"} & set(path.parts)
    ]

    read = {key for text in code for key in re.findall(r'(?:"|limits\.)(\w+)', text)}
    assert set(DEFAULTS) - read == set()


def test_every_default_is_a_value_that_its_rule_takes():
    assert {key: checked(key, str(rule.default)) for key, rule in DEFAULTS.items()} == {
        key: rule.default for key, rule in DEFAULTS.items()
    }


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("filing_days", " 7 ", 7), ("filing_days", "250", 250), ("yellow_days", "0", 0),
        ("topic_gate", "party", "party"), ("topic_gate", str(GATES["party"]), "party"),
        ("filing_prefix", "青协备", "青协备"), ("hotline", "0871-6512345 转 8", "0871-6512345 转 8"),
        ("meeting_formula", "1+2+N", "1+2+N"), ("hotline", "", ""),
    ],
)  # fmt: skip
def test_what_a_rule_takes(key, text, value):
    assert checked(key, text) == value


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("filing_days", "many"), ("filing_days", ""), ("filing_days", "0"), ("filing_days", "251"),
        ("filing_days", "-3"), ("filing_days", "2.5"), ("filing_days", "9" * 100),
        ("relapse_months", "121"), ("topic_gate", "mayor"), ("topic_gate", ""),
        ("topic_gate", "Party"), ("filing_prefix", "青〔协〕"), ("filing_prefix", "青" * 21),
        ("hotline", "请找老王"), ("meeting_formula", "1+2\n+N"),
    ],
)  # fmt: skip
def test_what_a_rule_does_not_take_is_refused_in_words(key, text):
    with pytest.raises(ValidationError) as refused:
        checked(key, text)

    assert len(refused.value.messages) == 1
    assert refused.value.messages[0].endswith(("。", "."))


def test_a_choice_is_shown_by_its_meaning():
    assert shown("topic_gate", "party") == str(GATES["party"])
    assert shown("filing_days", 7) == "7"
    assert shown("no_such_rule", "x") == "x"


def test_a_value_holds_for_everything_below_until_a_lower_place_sets_its_own(county):
    put("53", 3)
    put("5399", 4)
    put(county.region.code, 5)
    put(county.township.code, 6)

    found = {
        region.code: value_for(region, KEY)
        for region in (
            county.region.parent.parent, county.region.parent, county.region, county.township,
            county.village, a_region("539922"), a_region("5398"),
        )
    }  # fmt: skip

    assert found == {
        "53": 3, "5399": 4, "539921": 5, "539921100": 6, "539921100200": 6, "539922": 4, "5398": 3,
    }  # fmt: skip


def test_a_place_beside_or_with_a_like_code_sets_nothing_here(county):
    a_region("539922")
    a_region("539921101")
    put("539922", 9)
    put("539921101", 9)

    assert value_for(county.village, KEY) == 2


def test_a_value_counts_from_its_day_on(county):
    today = timezone.localdate()
    put(county.region.code, 3, since=today - dt.timedelta(days=10))
    put(county.region.code, 4, since=today)
    put(county.region.code, 5, since=today + dt.timedelta(days=1))

    assert value_for(county.village, KEY) == 4
    assert value_for(county.village, KEY, on=today - dt.timedelta(days=1)) == 3
    assert value_for(county.village, KEY, on=today - dt.timedelta(days=11)) == 2
    assert value_for(county.village, KEY, on=today + dt.timedelta(days=1)) == 5


def test_the_nearer_place_wins_over_the_newer_rule(county):
    put("53", 9, since=timezone.localdate())
    put(county.region.code, 3, since=LONG_AGO)

    assert value_for(county.village, KEY) == 3


@pytest.mark.parametrize(
    ("key", "value", "other"),
    [
        ("yellow_days", 5, None), ("yellow_days", 9, None), ("blue_days", 2, None),
        ("blue_days", 0, None), ("yellow_days", 3, ("53", 3)), ("blue_days", 6, ("539921", 7)),
    ],
)  # fmt: skip
def test_the_blue_light_leaves_room_for_itself(county, key, value, other):
    """Against the default of the other rule, or against what a place upward or the place set."""
    if other:
        put(*other, key="blue_days" if key == "yellow_days" else "yellow_days")

    with pytest.raises(ValidationError) as refused:
        check_lights(county.region, key, value, on=timezone.localdate())

    assert len(refused.value.messages) == 1


def test_lights_in_their_order_are_taken(county):
    today = timezone.localdate()
    check_lights(county.region, "yellow_days", 4, on=today)
    check_lights(county.region, "blue_days", 3, on=today)
    check_lights(county.region, "quiet_days", 1, on=today)
    put(a_region("539922").code, 60, key="yellow_days")
    check_lights(county.region, "blue_days", 3, on=today)


def test_a_rule_for_lights_is_held_against_what_is_set_for_later(county):
    today = timezone.localdate()
    put(county.region.code, 8, key="yellow_days", since=today + dt.timedelta(days=30))

    with pytest.raises(ValidationError):
        check_lights(county.region, "blue_days", 8, on=today)
    check_lights(county.region, "blue_days", 9, on=today)


def test_a_rule_is_asked_for_by_one_query(county, django_assert_num_queries):
    put("53", 3)
    with django_assert_num_queries(1):
        value_for(county.village, KEY)


def test_an_unknown_rule_is_an_error_not_a_guess(county):
    with pytest.raises(KeyError):
        value_for(county.village, "no_such_rule")


def test_result_classes_are_those_of_the_nearest_place_or_a_to_d(county):
    assert [(code, meaning) for code, _label, meaning in result_classes_for(county.village)] == [
        ("A", "solved"), ("B", "in_plan"), ("C", "deferred"), ("D", "reference"),
    ]  # fmt: skip
    ResultClass.objects.create(region_id="53", code="A", label="已办结", meaning="solved")
    ResultClass.objects.create(region_id="5399", code="甲", label="已解决", meaning="solved")
    ResultClass.objects.create(region_id="5399", code="乙", label="列入计划", meaning="in_plan")

    assert sorted(result_classes_for(county.village)) == [
        ("乙", "列入计划", "in_plan"), ("甲", "已解决", "solved"),
    ]  # fmt: skip
    assert result_classes_for(a_region("5398")) == [("A", "已办结", "solved")]
    assert {meaning for _, _, meaning in RESULT_CLASSES} == set(ResultMeaning)
