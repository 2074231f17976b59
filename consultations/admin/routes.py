"""The pages besides the lists; the addresses stand below those of the lists they belong to."""

from consultations.admin import (
    create,
    edit,
    enter,
    files,
    milestones,
    minutes,
    outcome,
    parts,
    release,
    steps,
    supervisors,
    visits,
)
from consultations.admin.help import guide, help_page

CASE = "consultations/case/<int:pk>/"

ROUTES = [
    ("help/", help_page, "help"),
    ("help/guide/<slug:role>/", guide, "guide"),
    ("consultations/case/similar/", create.similar_cases, "case_similar"),
    (CASE + "edit/", edit.edit_case, "case_edit"),
    (CASE + "sides/", edit.edit_sides, "case_sides"),
    (CASE + "figures/", edit.edit_figures, "case_figures"),
    (CASE + "preview/", release.preview, "case_preview"),
    (CASE + "step/<slug:action>/", steps.case_step, "case_step"),
    (CASE + "meeting/<int:meeting_pk>/", minutes.meeting_record, "case_meeting"),
    (CASE + "visit/<int:visit_pk>/", visits.visit, "case_visit"),
    (CASE + "outcome/", outcome.outcome_grid, "case_outcome"),
    (CASE + "follow-up/", parts.follow_up, "case_follow_up"),
    (CASE + "rating/", parts.rating, "case_rating"),
    (CASE + "promise/<int:promise_pk>/", parts.promise, "case_promise"),
    (CASE + "item/<int:item_pk>/settle/", parts.settle, "case_settle"),
    (CASE + "item/<int:item_pk>/milestone/", milestones.add, "case_milestone_add"),
    (CASE + "milestone/<int:milestone_pk>/", milestones.change, "case_milestone"),
    (CASE + "milestone/<int:milestone_pk>/done/", milestones.done, "case_milestone_done"),
    (CASE + "note/", parts.note, "case_note"),
    (CASE + "link/", parts.link, "case_link"),
    (CASE + "assign/", parts.assign, "case_assign"),
    (CASE + "public-text/", parts.public_text, "case_public_text"),
    (CASE + "file/", parts.attachment, "case_file_add"),
    (CASE + "file/<int:file_pk>/", files.download, "case_file"),
    (CASE + "file/<int:file_pk>/describe/", files.describe, "case_file_describe"),
    (CASE + "file/<int:file_pk>/release/", files.release, "case_file_release"),
    (CASE + "file/<int:file_pk>/take-down/", files.take_down, "case_file_take_down"),
    (CASE + "supervisor/", supervisors.issue, "case_link_issue"),
    (CASE + "supervisor/<int:link_pk>/", supervisors.revoke, "case_link_revoke"),
    ("consultations/suggestion/similar/", enter.similar_suggestions, "suggestion_similar"),
    ("consultations/suggestion/<int:pk>/slip/", enter.slip, "suggestion_slip"),
    ("consultations/task/<int:pk>/step/<slug:action>/", steps.task_step, "task_step"),
]
