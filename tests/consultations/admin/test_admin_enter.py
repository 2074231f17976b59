"""A resident's matter is written down by staff, who hand over the query code."""

from __future__ import annotations

import pytest
from django.urls import reverse

from committees.models import AuditEntry
from consultations.models import ReasonText, Suggestion
from consultations.selectors.residents import by_code
from consultations.services import suggestions
from consultations.workflow.engine import Refused

ADD = "admin:consultations_suggestion_add"
TOLD = {
    "channel": "phone", "title": "赶集班车停了", "problem": "班车停开没有通知，老人等了一上午。",
    "wish": "提前说一声", "region": "临河乡", "place": "二组路口", "consent": "on", "form_token": "a1",
}  # fmt: skip


@pytest.fixture
def page(county, enter):
    return enter(county.clerk)


def test_the_clerk_writes_it_down_and_hands_over_the_code(county, page):
    answer = page.post(reverse(ADD), TOLD)

    kept = Suggestion.objects.get()
    assert answer.url == reverse("admin:suggestion_slip", args=[kept.pk])
    assert (kept.channel, kept.entered_by, kept.region) == ("phone", county.clerk, county.township)
    assert (kept.title, kept.wish, kept.place) == ("赶集班车停了", "提前说一声", "二组路口")
    assert kept.answer_due_on is not None
    slip = page.get(answer.url).content.decode()
    assert f"{kept.query_code[:4]} {kept.query_code[4:]}" in slip
    assert reverse("public:track") in slip
    assert by_code(kept.query_code).suggestion == kept


def test_the_audit_log_and_the_history_name_the_clerk(county, page, enter):
    page.post(reverse(ADD), TOLD)
    kept = Suggestion.objects.get()

    entry = AuditEntry.objects.get(about=f"suggestion:{kept.pk}")
    assert (entry.kind, entry.actor, entry.role) == ("record", county.clerk, "liaison")
    assert entry.facts == '{"act": "entered", "channel": "phone"}'
    suggestions.decline(kept, by=county.office, state="answered", answer="已恢复。")
    url = reverse("admin:consultations_suggestion_history", args=[kept.pk])
    lines = enter(county.office).get(url).context["lines"]
    assert [line.by for line in lines] == [county.clerk, county.office]
    assert lines[0].what == kept.get_channel_display()
    assert lines[1].what == kept.get_state_display()


def test_the_same_form_sent_twice_is_one_suggestion(page):
    first, second = page.post(reverse(ADD), TOLD), page.post(reverse(ADD), TOLD)

    assert first.url == second.url
    assert Suggestion.objects.count() == 1
    assert AuditEntry.objects.filter(kind="record").count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"channel": ""}, "channel"),
        ({"channel": "web"}, "channel"),
        ({"region": "邻县"}, "region"),
        ({"region": ""}, "region"),
        ({"title": ""}, "title"),
        ({"title": "长" * 61}, "title"),
        ({"problem": "请打 13800138000 找我"}, "problem"),
        ({"consent": ""}, "consent"),
    ],
)
def test_a_mistake_stands_beside_its_field_and_nothing_typed_is_lost(page, changed, field):
    answer = page.post(reverse(ADD), TOLD | changed)

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert "提前说一声" in answer.content.decode()
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("who", ["outsider", "office", "director"])
def test_it_is_seen_where_it_belongs(county, enter, page, who):
    page.post(reverse(ADD), TOLD)
    kept = Suggestion.objects.get()
    expected = 404 if who == "outsider" else 200

    for name in ("suggestion_slip", "consultations_suggestion_history"):
        url = reverse(f"admin:{name}", args=[kept.pk])
        assert enter(county.people[who]).get(url).status_code == expected


@pytest.mark.parametrize("who", ["member", "unit_officer", "leader", "village_clerk"])
def test_others_do_not_enter(county, enter, who):
    assert enter(county.office).get(reverse(ADD)).status_code == 200
    assert enter(county.people[who]).get(reverse(ADD)).status_code == 404


def test_the_service_asks_again(county):
    with pytest.raises(Refused):
        suggestions.enter(
            by=county.outsider, channel="phone", region=county.township, form_token="x",
            title="题", problem="事",
        )  # fmt: skip


def test_what_was_raised_before_is_shown_while_typing(county, page):
    suggestions.receive(
        title="赶集班车没有了", problem="集市那天班车停开", region=county.village, form_token="b"
    )
    url = reverse("admin:suggestion_similar")

    found = page.get(url, {"q": "赶集班车停开没有通知"}).json()

    assert found["count"] == 1
    assert "赶集班车没有了" in found["html"]
    assert page.get(url, {"q": "路灯"}).json()["count"] == 0
    checked = page.post(reverse(ADD), TOLD | {"check": "1"})
    assert [row.title for row in checked.context["alike"]] == ["赶集班车没有了"]


def test_a_usual_answer_goes_out_once_its_gaps_are_filled(county, page):
    text = ReasonText.objects.create(
        subject="suggestion", action="answered", title="已解决", text="已经办好：……。"
    )
    page.post(reverse(ADD), TOLD)
    kept = Suggestion.objects.get()
    url = reverse("admin:consultations_suggestion_change", args=[kept.pk])
    sent = {"state": "answered", "usual_answer": text.text, "answer": ""}

    assert list(page.post(url, sent).context["form"].errors) == ["answer"]
    ReasonText.objects.filter(pk=text.pk).update(text="已经恢复。")
    assert page.post(url, sent | {"usual_answer": "已经恢复。"}).status_code == 302

    kept.refresh_from_db()
    assert kept.answer == "已经恢复。"
