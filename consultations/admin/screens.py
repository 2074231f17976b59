"""What each screen of the staff is for, and what to do next; found by the name of its address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Screen:
    """Help for one screen. `names` are those of its addresses."""

    names: tuple[str, ...]
    title: Any
    purpose: Any
    next_step: Any

    @property
    def anchor(self) -> str:
        return self.names[0]


SCREENS = (
    Screen(
        ("index",),
        _("My desk"),
        _(
            "What waits for you today, the most urgent first. Each matter stands once; "
            "small marks tell what else is true of it."
        ),
        _("Open the first line. Everything is done on the page that opens."),
    ),
    Screen(
        ("consultations_case_changelist",),
        _("List of cases"),
        _("All cases you may see, the newest first."),
        _(
            "Filter by stage, place or time limit, or search for words of the title, "
            "the problem or the number."
        ),
    ),
    Screen(
        ("consultations_case_add",),
        _("Log a case"),
        _("A new topic as a draft; nobody but the office and the studio sees it."),
        _("Look at the similar cases beside the form; save, then submit on the record."),
    ),
    Screen(
        ("consultations_case_change",),
        _("Record of a case"),
        _("Everything about one matter, in the order of the work."),
        _(
            "The green buttons at the top are what can be done now; beside a grey one "
            "stands what is missing, with the way to fill it in."
        ),
    ),
    Screen(
        ("case_edit", "case_sides"),
        _("Change the topic"),
        _("The typed fields of the topic and the sides with an interest in it."),
        _(
            "Save. Who changed what stays on record; see “changes of the record” below "
            "the timeline."
        ),
    ),
    Screen(
        ("case_step", "task_step"),
        _("One step"),
        _("The form of one step: what has to be known so that the case or the task can move on."),
        _(
            "Fill it in and press the button. What cannot be done is explained beside "
            "the field, and nothing typed is lost."
        ),
    ),
    Screen(
        ("case_meeting",),
        _("Record of a meeting"),
        _(
            "Who sat there for which side, what was said, what was agreed: one page, "
            "saved together."
        ),
        _("Save as often as you like; then conclude the meeting on the record of the case."),
    ),
    Screen(
        ("case_outcome",),
        _("Grid of items and tasks"),
        _(
            "Every agreed item with its route, who answers for it, its date and the "
            "tasks of the units."
        ),
        _(
            "Type or paste from a spreadsheet; save. A task weighs more in the "
            "progress of its item the higher its share."
        ),
    ),
    Screen(
        ("case_figures",),
        _("Figures and funds"),
        _("What changed in numbers: before, after, unit; and the money granted."),
        _("Enter only what was measured; one of them may stand in the public lists."),
    ),
    Screen(
        ("case_follow_up", "case_rating", "case_rating_tally", "case_promise"),
        _("Follow-up and ratings"),
        _("What was found afterwards, and what residents say of it."),
        _("Enter paper tallies as a number; silence is not a rating."),
    ),
    Screen(
        ("case_public_text",),
        _("Public text"),
        _("One sentence and the result as everybody may read them."),
        _("No names of residents and no phone numbers; a second person releases it."),
    ),
    Screen(
        ("case_note", "case_link", "case_assign", "case_file_add"),
        _("Notes, links, files"),
        _("What belongs to the case and stays inside."),
        _("Mention a colleague in a note to draw attention; link cases that belong together."),
    ),
    Screen(
        ("consultations_case_history",),
        _("Changes of the record"),
        _("Field by field what stood there before and after, who changed it and when."),
        _(
            "Choose a part or a field to see its changes alone, or two versions to "
            "compare them side by side."
        ),
    ),
    Screen(
        ("consultations_task_changelist",),
        _("List of tasks"),
        _("What units have to do, with a light for the time limit."),
        _("Filter by state, place or time limit."),
    ),
    Screen(
        ("consultations_task_change",),
        _("Record of a task"),
        _("One task of one unit: time limits, progress, replies, checks."),
        _(
            "The green buttons are what can be done now; what comes on paper is "
            "entered on behalf of the unit."
        ),
    ),
    Screen(
        ("consultations_suggestion_add", "suggestion_slip"),
        _("Enter a suggestion on somebody's behalf"),
        _("What somebody said by phone, in person, by letter or at a meeting, without a name."),
        _("Save it, then read out the query code or hand over the printed slip."),
    ),
    Screen(
        ("consultations_suggestion_changelist", "consultations_suggestion_change"),
        _("Residents' suggestions"),
        _("What residents handed in, kept apart from the cases until somebody looked."),
        _(
            "Take it up as a topic, pass it on, answer it or decline it, always with "
            "words for the resident."
        ),
    ),
    Screen(
        ("consultations_event_changelist",),
        _("Audit trail"),
        _("Each step on record: who, when, as whom, why."),
        _("Narrow it by person, role, step, days or case number."),
    ),
    Screen(
        ("consultations_jobrun_changelist",),
        _("Job runs"),
        _("Whether the daily command ran, how long, and how it ended."),
        _("If the last good run is more than a day old, look at the server's timer."),
    ),
    Screen(
        (
            "committees_user_changelist",
            "committees_user_change",
            "committees_user_add",
            "committees_rolegrant_changelist",
            "committees_rolegrant_change",
            "committees_rolegrant_add",
        ),
        _("Accounts and roles"),
        _("Who may sign in, and which role they hold where and how long."),
        _("Make the account first, then grant a role with a scope and a first day."),
    ),
    Screen(
        (
            "committees_parameter_changelist",
            "committees_parameter_change",
            "committees_parameter_add",
        ),
        _("Local rules"),
        _("Time limits and other rules that differ from place to place."),
        _("Add a value with the day from which it holds; the old one stays for what began before."),
    ),
)


def screen_of(name: str) -> Screen | None:
    """The help for the address of that name, or None where there is none of its own."""
    return next((screen for screen in SCREENS if name in screen.names), None)
