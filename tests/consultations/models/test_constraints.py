"""The database knows too: every constraint of every model, kept and broken.

Each row names a record that is fine and the change that the database has to refuse. A constraint
without a row fails the last test.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from committees import models as who
from consultations import models as what
from tests.consultations.models import later_rows
from tests.consultations.models.records import (
    DAY,
    EVE,
    NOW,
    a_campaign,
    a_report,
    activation,
    activity,
    advice,
    another_member,
    attachment,
    block,
    checklist,
    commitment,
    conference,
    contact,
    duty_rule,
    extension,
    feed,
    group,
    guide,
    handover,
    invited,
    letter,
    link,
    mark,
    metric,
    notice,
    other_place,
    passed,
    passed_of_case,
    progress,
    remit,
    reply,
    returned_outcome,
    room_mark,
    saved_view,
    scheme,
    sector_contact,
    sent_urging,
    stage_name,
    suggestion,
    supervisor_link,
    suspended,
    task,
    urging,
    verification,
)
from tests.factories import a_case, a_county, case_at

pytestmark = pytest.mark.django_db
CHECKS = {
    "guide_put_away_known_role": (guide, {"role": "guest"}),
    "home_block_of_region_is_notice": (
        lambda: block(region=a_county().region), {"kind": "circle"},
    ),
    "home_block_notice_has_title": (block, {"title": ""}),
    "activation_ends_after_issue": (activation, {"expires_at": NOW - dt.timedelta(days=1)}),
    "activation_used_or_revoked": (activation, {"used_at": NOW, "revoked_at": NOW}),
    "role_grant_one_scope": (lambda: a_county().office.grants.get(), {"region": None}),
    "role_grant_ends_after_start": (
        lambda: a_county().office.grants.get(), {"valid_until": dt.date(2019, 12, 31)}),
    "activity_released_by_another": (activity, {"released_by": models.F("recorded_by")}),
    "contact_with_somebody": (sector_contact, {"head_count": 0}),
    "checklist_mark_one_place": (mark, {"studio": None}),
    "membership_names_somebody": (
        lambda: group().memberships.create(name="老支书"), {"name": ""}),
    "citation_has_anchor": (
        lambda: who.Citation.objects.create(report=a_report(), anchor="院坝"), {"anchor": ""}),
    "member_reported_has_source": (
        lambda: who.Member.objects.create(name="李委员"), {"origin": "reported"}),
    "member_photo_has_consent": (
        lambda: who.Member.objects.create(name="李委员"), {"photo": "p.jpg"}),
    "member_public_photo_on_public_page": (
        lambda: who.Member.objects.create(name="李委员"), {"photo_is_public": True}),
    "studio_reported_has_source": (lambda: a_county().studio, {"origin": "reported"}),
    "room_reported_has_source": (lambda: a_county().room, {"origin": "reported"}),
    "unit_reported_has_source": (lambda: a_county().unit, {"origin": "reported"}),
    "campaign_reported_has_source": (a_campaign, {"origin": "reported"}),
    "advice_reported_has_source": (advice, {"origin": "reported"}),
    "unit_contact_ends_after_start": (contact, {"valid_until": EVE}),
    "approval_return_has_reason": (returned_outcome, {"opinion": ""}),
    "attachment_public_has_consent": (
        attachment, {"is_public": True, "public_key": "k", "released_at": NOW}),
    "attachment_public_is_released": (attachment, {"public_key": "k"}),
    "attachment_erased_has_no_file": (attachment, {"erased_at": NOW}),
    "attachment_taken_down_says_why": (attachment, {"hidden_at": NOW, "released_at": NOW}),
    "case_known_stage": (a_case, {"stage": "nonsense"}),
    "case_public_is_released": (a_case, {"is_public": True}),
    "case_merged_has_target": (a_case, {"stage": "merged"}),
    "case_deferred_has_review_date": (a_case, {"stage": "deferred"}),
    "verification_by_one": (verification, {"verified_by": None}),
    "link_ends_after_issue": (supervisor_link, {"expires_at": NOW - dt.timedelta(days=9)}),
    "link_revoked_by_somebody": (supervisor_link, {"revoked_at": NOW}),
    "link_used_at_some_time": (supervisor_link, {"uses": 1}),
    "verification_false_has_finding": (verification, {"is_true": False, "finding": ""}),
    "return_decision_has_date": (
        lambda: task("return_requested").return_requests.get(), {"granted": True}),
    "remit_ends_after_start": (remit, {"valid_until": EVE}),
    "handover_seen_pair": (handover, {"seen_at": NOW}),
    "conference_dissent_whole": (conference, {"dissent": "不同意"}),
    "extension_is_later": (extension, {"new_due_on": dt.date(2020, 1, 1)}),
    "suspension_ends_after_start": (suspended, {"until": dt.date(2020, 1, 1)}),
    "progress_percent_range": (progress, {"percent": 101}),
    "reply_in_plan_has_promise": (reply, {"meaning": "in_plan", "promise_on": None}),
    "reply_not_done_has_reason": (reply, {"meaning": "deferred", "explanation": ""}),
    "reply_signed_pair": (reply, {"signed_on": None}),
    "commitment_checked_has_date": (commitment, {"state": "kept"}),
    "case_link_not_itself": (link, {"other": models.F("case")}),
    "visit_dated_unless_reported": (
        lambda: case_at("scheduled").visits.get(), {"visited_on": None}),
    "reason_text_known_subject": (
        lambda: what.ReasonText.objects.create(subject="task", action="reopen", title="又出现"),
        {"subject": "item"}),
    "meeting_round_from_one": (lambda: case_at("scheduled").meetings.get(), {"round": 0}),
    "participant_count_from_one": (
        lambda: case_at("deliberated").meetings.get().participants.first(), {"count": 0}),
    "metric_has_a_value": (metric, {"before": None, "after": None}),
    "rating_count_from_one": (
        lambda: a_case().ratings.create(rater="resident", channel="paper", result="fair"),
        {"count": 0}),
    "suggestion_accepted_has_case": (suggestion, {"state": "accepted", "decided_at": NOW}),
    "stage_name_of_a_stage": (stage_name, {"stage": "return_requested"}),
    "suggestion_decided_has_time": (suggestion, {"state": "answered"}),
    "suggestion_on_behalf_names_clerk": (suggestion, {"channel": "phone"}),
    "suggestion_joined_to_another": (suggestion, {"state": "joined", "decided_at": NOW}),
    "delivery_sent_at_some_time": (letter, {"state": "sent"}),
    "delivery_of_one_notice": (letter, {"what": "notice"}),
    "overdue_after_due": (passed, {"since": EVE}),
    "urging_sent_has_number": (urging, {"sent_on": DAY}),
    "urging_drop_has_reason": (urging, {"dropped_on": DAY}),
    "urging_answer_to_what_was_sent": (urging, {"answered_on": DAY, "expected_on": DAY}),
    "task_known_state": (task, {"state": "nonsense"}),
    "task_percent_range": (task, {"percent": 101}),
    "task_weight_from_one": (task, {"weight": 0}),
    "task_suspended_has_end": (task, {"state": "suspended"}),
}  # fmt: skip

# constraint | a record | fields in which a second one is allowed to differ, and then may stand
UNIQUES = {
    "activation_one_open": (activation, {"used_at": NOW, "digest": "b"}),
    "answer_once_per_member": (invited, {"member": another_member}),
    "sent_form_once": (
        lambda: who.SentForm.objects.create(user=a_county().clerk, key="a", content="b"),
        {"key": "b"}),
    "try_count_once": (
        lambda: who.TryCount.objects.create(kind="account", key="a"), {"key": "b"}),
    "studio_plan_one_a_year": (
        lambda: a_county().studio.plans.create(year=2026, text="四次协商"), {"year": 2027}),
    "checklist_unique_from_date": (checklist, {"valid_from": EVE}),
    "checklist_mark_studio": (mark, {"studio": other_place("studio")}),
    "checklist_mark_room": (room_mark, {"room": other_place("room")}),
    "group_unique_name": (group, {"name": "第二联络组"}),
    "duty_scheme_from_date": (scheme, {"valid_from": EVE}),
    "duty_rule_one_a_kind": (duty_rule, {"kind": "meeting"}),
    "special_committee_unique": (
        lambda: who.SpecialCommittee.objects.create(committee=a_county().committee, name="提案委"),
        {"name": "经济委"}),
    "citation_unique_anchor": (
        lambda: who.Citation.objects.create(report=a_report(), anchor="院坝"), {"anchor": "三百"}),
    "parameter_unique_from_date": (
        lambda: a_county().region.parameters.create(key="hotline", value="1", effective_from=DAY),
        {"effective_from": EVE}),
    "result_class_unique_code": (
        lambda: a_county().region.result_classes.create(code="A", label="已办", meaning="solved"),
        {"code": "B"}),
    "unit_unique_in_region": (lambda: a_county().unit, {"code": "other", "name": "另一个局"}),
    "notice_told_once": (notice, {"key": "other"}),
    "choice_once": (
        lambda: what.NoticeChoice.objects.create(
            user=a_county().office, kind="overdue", mail="never"),
        {"kind": "meeting"}),
    "feed_one_open": (feed, {"revoked_at": NOW}),
    "overdue_once_per_term": (passed, {"term": 2}),
    "overdue_once_per_date": (passed_of_case, {"due_on": EVE - dt.timedelta(days=1)}),
    "urging_once_per_rung": (urging, {"rung": "leader"}),
    "urging_unique_number": (sent_urging, {"number": "2号", "rung": "leader"}),
    "guide_put_away_once": (guide, {"role": "member"}),
    "home_block_once": (lambda: block(kind="circle"), {"kind": "places"}),
    "saved_view_own_name": (saved_view, {"listed": "task"}),
    "saved_view_one_default": (lambda: saved_view(is_default=True), {"is_default": False}),
    "side_unique_name": (lambda: a_case().sides.first(), {"name": "第三方"}),
    "return_once_per_unit": (
        lambda: task("return_requested").return_requests.get(),
        {"unit": lambda: a_county().third_unit}),
    "extension_once_per_unit": (extension, {"unit": lambda: a_county().third_unit}),
    "remit_once_in_force": (remit, {"level": "township"}),
    "handover_one_open": (handover, {"ended_on": DAY}),
    "suspension_one_open": (suspended, {"ended_on": DAY}),
    "item_unique_number": (lambda: case_at("deliberated").items.get(), {"number": 2}),
    "co_host_unique": (
        lambda: a_case().co_hosts.create(committee=a_county().committee),
        {"committee": lambda: a_county("539941").committee}),
    "case_link_unique": (link, {"kind": "relapse"}),
    "meeting_one_planned": (lambda: case_at("scheduled").meetings.get(), {"status": "held"}),
    "metric_one_headline": (metric, {"is_headline": False}),
    "task_unique_number": (task, {"number": 2}),
    "stage_name_unique": (stage_name, {"stage": "filing", "name": "报备"}),
    "stage_name_means_one": (stage_name, {"stage": "filing", "name": "报备"}),
}  # fmt: skip

CHECKS |= later_rows.CHECKS
UNIQUES |= later_rows.UNIQUES

# What the second one differs in all the same, so that no other constraint refuses it.
DISTINCT = {
    "unit_unique_in_region": {"code": "second"},
    "saved_view_one_default": {"name": "我的"},
    "feed_one_open": {"digest": "e"},
}


def constraints() -> dict[str, str]:
    """Name and kind of every constraint declared by a model of ours."""
    ours = [
        m for app in ("committees", "consultations") for m in apps.get_app_config(app).get_models()
    ]
    return {c.name: type(c).__name__ for model in ours for c in model._meta.constraints}


@pytest.mark.parametrize("name", CHECKS)
def test_the_database_refuses_what_the_model_rules_out(name):
    make, broken = CHECKS[name]
    rows = _rows(make())

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        rows.update(**broken)

    assert rows.count() == 1


def _rows(record):
    return type(record)._base_manager.filter(pk=record.pk)


@pytest.mark.parametrize("name", UNIQUES)
def test_the_database_refuses_a_second_one(name):
    make, other = UNIQUES[name]
    record = make()
    model, before = type(record), type(record)._base_manager.count()
    for field, value in DISTINCT.get(name, {}).items():
        setattr(record, field, value)

    def insert():
        record.pk = None
        record._state.adding = True
        model._base_manager.bulk_create([record])

    with pytest.raises(IntegrityError), transaction.atomic():
        insert()
    for field, value in other.items():
        setattr(record, field, value() if callable(value) else value)
    insert()

    assert model._base_manager.count() == before + 1


def test_every_constraint_has_its_row():
    found = constraints()

    assert {n for n, kind in found.items() if kind == "CheckConstraint"} == set(CHECKS)
    assert {n for n, kind in found.items() if kind == "UniqueConstraint"} == set(UNIQUES)


def test_every_amount_of_choices_is_closed():
    """Choices are lower-case words that never change."""
    for app in ("committees", "consultations"):
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.fields:
                for value, _label in field.flatchoices:
                    assert value == str(value).lower(), f"{model.__name__}.{field.name}"
