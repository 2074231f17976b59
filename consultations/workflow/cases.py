"""The life of a case, from the topic to the archive (`domain.md` §4)."""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from committees.models import Role
from consultations.workflow import case_guards as must
from consultations.workflow import outcome_guards as then
from consultations.workflow import research_guards as first
from consultations.workflow.engine import SYSTEM, Table
from consultations.workflow.engine import Transition as Row


class Stage(TextChoices):
    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Awaiting topic review")
    DEFERRED = "deferred", _("Deferred")
    APPROVED = "approved", _("Topic approved")
    RESEARCH = "research", _("Field research")
    SCHEDULED = "scheduled", _("Meeting scheduled")
    DELIBERATED = "deliberated", _("Deliberated, outcome being drafted")
    NO_CONSENSUS = "no_consensus", _("No consensus yet")
    PARTY_REVIEW = "party_review", _("Awaiting Party committee approval")
    FILING = "filing", _("Awaiting filing")
    HANDLING = "handling", _("Being handled")
    SUPERVISION = "supervision", _("Follow-up supervision")
    RATING = "rating", _("Rating by the public")
    CLOSED = "closed", _("Closed and archived")
    REJECTED = "rejected", _("Not adopted")
    MERGED = "merged", _("Merged into another topic")
    REFERRED = "referred", _("Referred elsewhere")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    TERMINATED = "terminated", _("Terminated")


class PublicStage(TextChoices):
    """The six words the public sees, and the two ways a topic leaves."""

    COLLECTING = "collecting", _("Collecting topics")
    APPROVED = "approved", _("Topic set")
    CONSULTING = "consulting", _("In consultation")
    HANDLING = "handling", _("In handling")
    FOLLOW_UP = "follow_up", _("Follow-up visits")
    DONE = "done", _("Done and closed")
    NOT_ADOPTED = "not_adopted", _("Not taken up")
    REFERRED = "referred", _("Passed on elsewhere")


PUBLIC_STAGE: dict[str, PublicStage | None] = {
    Stage.DRAFT: None,
    Stage.DEFERRED: None,
    Stage.PROPOSED: PublicStage.COLLECTING,
    Stage.APPROVED: PublicStage.APPROVED,
    Stage.RESEARCH: PublicStage.APPROVED,
    Stage.SCHEDULED: PublicStage.CONSULTING,
    Stage.DELIBERATED: PublicStage.CONSULTING,
    Stage.NO_CONSENSUS: PublicStage.CONSULTING,
    Stage.PARTY_REVIEW: PublicStage.CONSULTING,
    Stage.FILING: PublicStage.CONSULTING,
    Stage.HANDLING: PublicStage.HANDLING,
    Stage.SUPERVISION: PublicStage.FOLLOW_UP,
    Stage.RATING: PublicStage.FOLLOW_UP,
    Stage.CLOSED: PublicStage.DONE,
    Stage.REJECTED: PublicStage.NOT_ADOPTED,
    Stage.WITHDRAWN: PublicStage.NOT_ADOPTED,
    Stage.TERMINATED: PublicStage.NOT_ADOPTED,
    Stage.MERGED: PublicStage.REFERRED,
    Stage.REFERRED: PublicStage.REFERRED,
}

S = Stage
ENDS = (S.REJECTED, S.MERGED, S.REFERRED, S.WITHDRAWN, S.TERMINATED)
ENDED = (*ENDS, S.CLOSED)
OPEN = tuple(stage for stage in S if stage not in ENDED)
# A deferred topic comes back on its day; nobody owes a step until then, so it is never late.
OWED = tuple(stage for stage in OPEN if stage != S.DEFERRED)
# Before the outcome is decided upon a part may leave with what was agreed; later without.
SPLITTABLE = (S.PROPOSED, S.APPROVED, S.RESEARCH, S.SCHEDULED, S.DELIBERATED, S.NO_CONSENSUS,
              S.HANDLING, S.SUPERVISION)  # fmt: skip
PUBLISHABLE = tuple(stage for stage in S if PUBLIC_STAGE[stage] is not None)

OFFICE = (Role.COUNTY_OFFICE,)
CLERKS = (Role.LIAISON, Role.STUDIO_DIRECTOR, Role.COUNTY_OFFICE)
FIELD = (Role.MEMBER, *CLERKS, Role.VILLAGE_CLERK)
PARTY = (Role.PARTY_APPROVER,)
LEADER = (Role.LEADER,)


def _waits_for_release(case: Any) -> bool:
    """Hidden, with a public text, and nothing in its nature that keeps it inside."""
    inside = case.is_public or case.restricted_at is not None or case.sensitivity != "normal"
    return bool(case.public_summary) and not inside


def _was_agreed(case: Any) -> bool:
    """What ended without any agreed item has nothing that could be taken up again."""
    return case.items.exists()


def _is_restricted(case: Any) -> bool:
    return case.restricted_at is not None


def _is_unrestricted(case: Any) -> bool:
    return case.restricted_at is None


# fmt: off
CASES: Table = (
    # action, label, from, to, who, what must be true, what is captured
    Row("submit", _("Submit the topic"), (S.DRAFT,), (S.PROPOSED,), FIELD,
        (must.be_creator_or_owner, must.have_required_fields, must.have_sensitivity)),
    Row("send_back", _("Send back for completion"), (S.PROPOSED,), (S.DRAFT,),
        (Role.STUDIO_DIRECTOR, Role.COUNTY_OFFICE), needs_reason=True, severe=True),
    Row("reject", _("Do not adopt"), (S.PROPOSED,), (S.REJECTED,), OFFICE,
        needs_reason=True, public=True, severe=True),
    Row("refer", _("Refer elsewhere"), (S.PROPOSED, S.NO_CONSENSUS), (S.REFERRED,), OFFICE,
        (must.name_channel,), ("channel",), needs_reason=True, public=True, severe=True),
    Row("merge", _("Merge into another topic"), (S.PROPOSED,), (S.MERGED,), OFFICE,
        (must.name_merge_target,), ("target",), needs_reason=True, public=True, severe=True),
    Row("unmerge", _("Undo the merger"), (S.MERGED,), (S.PROPOSED,), OFFICE,
        needs_reason=True, public=True),
    Row("defer", _("Defer"), (S.PROPOSED,), (S.DEFERRED,), OFFICE,
        (must.name_review_date,), ("review_on",), needs_reason=True, severe=True),
    Row("resume_review", _("Take up again"), (S.DEFERRED,), (S.PROPOSED,), OFFICE),
    Row("reconsider", _("Reconsider the topic"), (S.REJECTED,), (S.PROPOSED,), LEADER,
        (must.be_first_reconsideration,), needs_reason=True, public=True),
    Row("approve", _("Approve the topic"), (S.PROPOSED,), (S.APPROVED,),
        (Role.LEADER, Role.PARTY_APPROVER), (must.be_topic_gate, must.not_be_author,
        must.have_opinion),
        ("opinion", "decided_on", "number"), public=True),
    Row("start_research", _("Start field research"), (S.APPROVED,), (S.RESEARCH,), CLERKS,
        (must.have_plan,), ("plan",)),
    Row("log_visit", _("Log a visit"), (S.RESEARCH,), (), FIELD,
        (must.visit_is_complete,), ("visit",), public=True),
    Row("approve_research", _("Approve the field research"), (S.RESEARCH,), (), PARTY,
        (first.be_research_gate, first.have_visit_to_decide_on, must.not_be_author,
         must.have_opinion, first.research_is_undecided),
        ("opinion", "decided_on", "number")),
    Row("return_research", _("Return the field research"), (S.RESEARCH,), (), PARTY,
        (first.be_research_gate, first.have_visit_to_decide_on, first.research_is_undecided),
        needs_reason=True, severe=True),
    Row("schedule", _("Schedule a meeting"), (S.RESEARCH, S.NO_CONSENSUS, S.DELIBERATED),
        (S.SCHEDULED,), CLERKS,
        (must.have_visit_or_reason, must.have_sides, must.have_place_and_date,
         must.have_rounds_left, must.be_returned_for_substance, first.pass_research_gate),
        ("meeting",), public=True),
    Row("postpone", _("Postpone the meeting"), (S.SCHEDULED,), (), CLERKS,
        (must.have_new_date,), ("starts_at",), needs_reason=True, public=True, severe=True),
    Row("cancel", _("Cancel the meeting"), (S.SCHEDULED,), (S.APPROVED,), CLERKS,
        needs_reason=True, public=True, severe=True),
    Row("conclude", _("Conclude with agreed items"), (S.SCHEDULED,), (S.DELIBERATED,), CLERKS,
        (must.meeting_date_passed, must.have_attendance, must.have_two_sides,
         must.have_statements, must.have_items, must.items_read_back, must.host_confirms),
        ("read_back", "host_confirmed", "held_on", "head_count"), public=True),
    Row("conclude_without_consensus", _("Conclude without consensus"), (S.SCHEDULED,),
        (S.NO_CONSENSUS,), CLERKS,
        (must.meeting_date_passed, must.have_attendance, must.have_dissent),
        ("held_on", "head_count", "dissent"), needs_reason=True, public=True, severe=True),
    Row("convert", _("Convert the outcome"), (S.NO_CONSENSUS,), (S.SUPERVISION,), OFFICE,
        (must.name_conversion,), ("conversion",), needs_reason=True, public=True),
    Row("submit_outcome", _("Send the outcome to the Party committee"), (S.DELIBERATED,),
        (S.PARTY_REVIEW,), (Role.STUDIO_DIRECTOR, Role.COUNTY_OFFICE),
        (then.be_sender_of_outcome, must.have_items, then.items_are_complete)),
    Row("approve_outcome", _("Approve the outcome"), (S.PARTY_REVIEW,), (S.FILING,), PARTY,
        (then.not_be_compiler, must.have_opinion), ("opinion", "decided_on", "number"), public=True),
    Row("return_outcome", _("Return the outcome"), (S.PARTY_REVIEW,), (S.DELIBERATED,), PARTY,
        (then.have_reason_per_item,), ("item_reasons", "substance"), severe=True),
    Row("file", _("File the outcome"), (S.FILING,), (S.HANDLING,), OFFICE,
        (then.have_tasks_where_needed,), public=True),
    Row("return_filing", _("Return the filing (formal defects)"), (S.FILING,), (S.DELIBERATED,),
        OFFICE, needs_reason=True, severe=True),
    Row("complete", _("Everything handled"), (S.HANDLING,), (S.SUPERVISION,), (SYSTEM,),
        (then.have_everything_ended,), public=True),
    Row("open_rating", _("Open the rating"), (S.SUPERVISION,), (S.RATING,), OFFICE,
        (then.have_everything_ended, then.have_public_summary, then.not_be_handling_unit),
        public=True),
    Row("close", _("Close and archive"), (S.RATING,), (S.CLOSED,), OFFICE,
        (then.be_published_or_exempt, then.have_rating_or_note, then.have_answered_the_unhappy,
         then.have_everything_ended),
        ("closing_note", "unhappy_answer", "exemption"), public=True),
    Row("reopen", _("Reopen"), (S.RATING, S.SUPERVISION, S.CLOSED), (S.HANDLING,),
        (*OFFICE, Role.LEADER, SYSTEM),
        (then.be_within_relapse_time, then.leave_it_to_office_at_first, then.name_what_did_not_hold),
        ("ground", "tasks", "commitments", "agreed_items"),
        needs_reason=True, public=True, severe=True, fits=_was_agreed),
    Row("withdraw", _("Withdraw the topic"),
        (S.DRAFT, S.PROPOSED, S.DEFERRED, S.APPROVED, S.RESEARCH), (S.WITHDRAWN,), FIELD,
        (must.be_proposer_or_office,), needs_reason=True, public=True, severe=True),
    Row("terminate", _("Terminate"), (S.NO_CONSENSUS,), (S.TERMINATED,),
        (Role.COUNTY_OFFICE, Role.LEADER), needs_reason=True, public=True, severe=True),
    Row("terminate", _("Terminate"), tuple(s for s in OPEN if s != S.NO_CONSENSUS),
        (S.TERMINATED,), LEADER, needs_reason=True, public=True, severe=True),
    Row("split", _("Split off a topic"), SPLITTABLE, (), CLERKS, (must.name_split,), ("split",),
        severe=True),
    Row("publish", _("Publish"), PUBLISHABLE, (), OFFICE,
        (then.not_be_public_already, then.not_be_restricted, then.not_be_sensitive,
         then.have_public_summary, then.be_second_person, then.have_no_personal_data),
        fits=_waits_for_release),
    Row("restrict", _("Restrict (sensitive)"), tuple(S), (), OFFICE,
        (then.not_be_restricted,), needs_reason=True, severe=True, fits=_is_unrestricted),
    Row("lift_restriction", _("Lift the restriction"), tuple(S), (), LEADER,
        (then.be_restricted,), needs_reason=True, fits=_is_restricted),
)
# fmt: on

CREATORS = FIELD
