"""The record of a case: one page, in the order of the work."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from committees.admin.access import grants_held
from committees.grants import EDITORS, INTERNAL
from committees.models import Role
from consultations.admin.access import case_or_404, key_or_404, may_edit_here, page
from consultations.admin.create import similar_to
from consultations.admin.files import file_lines
from consultations.admin.supervisors import links_of
from consultations.models import Case, Meeting
from consultations.offers import actions_for, next_by_others, own_steps, steps_of
from consultations.permissions import (
    entries_for,
    may_keep_milestones,
    roles_on,
    sees_inside,
    sees_notes,
)
from consultations.selectors import record
from consultations.selectors.handling import EXTENSION_ANSWERS, waiting_for_a_day
from consultations.selectors.invited import replies_to
from consultations.selectors.meeting_days import papers_of
from consultations.selectors.timeline import timeline
from consultations.selectors.wording import names_once
from consultations.services.items import WRITABLE
from consultations.services.judging import JUDGES
from consultations.services.notes import mark_opened
from consultations.services.rating_codes import ISSUERS as SLIP_ISSUERS
from consultations.services.supervisors import ISSUERS
from consultations.services.visits import OPEN
from consultations.workflow.cases import Stage
from consultations.workflow.entries import HANDED_OVER

# Which sections stand open at which stage; the others are one click away.
OPEN_AT: dict[str, tuple[str, ...]] = {
    Stage.DRAFT: ("topic",),
    Stage.PROPOSED: ("topic",),
    Stage.DEFERRED: ("topic",),
    Stage.APPROVED: ("topic", "visits"),
    Stage.RESEARCH: ("topic", "visits"),
    Stage.SCHEDULED: ("meetings", "items"),
    Stage.NO_CONSENSUS: ("meetings",),
    Stage.DELIBERATED: ("items", "meetings"),
    Stage.PARTY_REVIEW: ("items", "approvals"),
    Stage.FILING: ("items", "approvals"),
    Stage.HANDLING: ("items",),
    Stage.SUPERVISION: ("items", "follow_ups", "public"),
    Stage.RATING: ("follow_ups", "public"),
    Stage.CLOSED: ("items", "public"),
}


@require_safe
def case_record(request, object_id) -> HttpResponse:
    case = case_or_404(request, key_or_404(object_id))
    grants = grants_held(request)
    inside = sees_inside(request.user, case, grants=grants)
    told = timeline(case, public=False, names=names_once(request)) if inside else []
    events = [line.event for line in told]
    items = record.item_lines(
        case,
        grants=grants,
        inside=inside,
        steps=partial(_steps, request.user, grants, waiting_for_a_day(case)),
        events=events if inside else None,
    )
    context = {
        "title": case.title,
        "case": case,
        "inside": inside,
        "opened": OPEN_AT.get(case.stage, ("topic",)),
        "items": items,
        "progress": record.rolled_up(items) if inside else None,
        "keeps_milestones": may_keep_milestones(request.user, case, grants=grants) is not None,
        "today": timezone.localdate(),
    }
    if inside:
        context |= _inside(request, case, grants, items, told)
    return page(request, "case/record.html", context)


def _inside(request, case: Case, grants, items, told) -> dict:
    parts = record.sections(case, [line.event for line in told])
    known = record.known_of(parts, items)
    offers = actions_for(request.user, case, grants=grants, known=known)
    held = roles_on(request.user, case, grants=grants)
    editable = may_edit_here(request, case)
    rounds = {meeting.pk: meeting.round for meeting in parts["meetings"]}
    _with_replies(case, parts["meetings"])
    notes = sees_notes(request.user, case, grants=grants)
    if notes and any(note.meant_for for note in parts["notes"]):
        mark_opened(case, by=request.user)
    return parts | {
        "steps": sorted(own_steps(offers), key=lambda offer: not offer.is_open),
        "awaited": next_by_others(request.user, case, offers, grants=grants),
        "severe_steps": [offer for offer in offers if offer.row.severe],
        "may_edit": editable,
        "may_correct_visits": editable and case.stage in OPEN,
        "may_write_items": editable and case.stage in WRITABLE,
        "minutes_first": case.stage == Stage.SCHEDULED,
        "items_first": case.stage == Stage.DELIBERATED,
        "entries": entries_for(request.user, case, grants=grants),
        "file_lines": file_lines(request, case, parts["attachments"], rounds=rounds),
        "supervisor_links": links_of(case),
        "may_issue_slips": case.stage == Stage.RATING and bool(held & set(SLIP_ISSUERS)),
        "may_issue_appraisals": case.stage in HANDED_OVER and bool(held & set(SLIP_ISSUERS)),
        "may_judge": Role.COUNTY_OFFICE in held,
        "may_judge_ratings": bool(held & set(JUDGES)),
        "may_issue_links": bool(held & set(ISSUERS)),
        "may_keep_files": bool(held & set(INTERNAL)),
        "may_add_reports": bool(held & set(EDITORS)),
        "sees_notes": notes,
        "notes": parts["notes"] if notes else [],
        "unreported": record.is_unreported(case, parts["meetings"]),
        "similar": similar_to(request, f"{case.title} {case.problem}", exclude=case),
        "timeline": told,
    }


def _with_replies(case: Case, meetings) -> None:
    """Who comes to a meeting that is planned, and by when its papers go out; asked only where there
    is one."""
    planned = [meeting for meeting in meetings if meeting.status == Meeting.Status.PLANNED]
    for meeting in planned:
        meeting.case = case
        meeting.papers_by = papers_of(meeting, case.region)
    replies = replies_to(planned) if planned else {}
    for meeting in planned:
        meeting.replies = replies[meeting.pk]


def _steps(user, grants, asking: set[int], task):
    """By role alone, but no answer to an extension that nobody asked for."""
    rows = steps_of(user, task, grants=grants)
    return [row for row in rows if row.action not in EXTENSION_ANSWERS or task.pk in asking]
