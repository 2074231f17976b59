"""What the pages of cases, tasks and suggestions are for, and what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from consultations.web.screens import Screen

OF_WORK = (
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
        ("case_meeting", "case_meeting_reports"),
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
        (
            "case_follow_up",
            "case_rating",
            "case_rating_tally",
            "case_rating_slips",
            "case_appraisal_slips",
            "case_rating_judge",
            "case_promise",
            "case_settle",
        ),
        _("Follow-up and ratings"),
        _("What was found afterwards, and what residents say of it."),
        _("Enter paper tallies as a number; silence is not a rating."),
    ),
    Screen(
        ("case_public_text", "case_preview"),
        _("Public text"),
        _("One sentence and the result as everybody may read them."),
        _("No names of residents and no phone numbers; a second person releases it."),
    ),
    Screen(
        (
            "case_note",
            "case_link",
            "case_assign",
            "case_file_add",
            "case_file_describe",
            "case_file_people",
            "case_file_release",
            "case_file_take_down",
        ),
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
        ("notices",),
        _("Notices"),
        _("What changed in the matters you have a part in, each line with the way there."),
        _("Open a line, or mark all as read. Letters and the digest are chosen under “My pages”."),
    ),
    Screen(
        ("case_visit",),
        _("Correct the record of a visit"),
        _("What was written about a visit, until the meeting is concluded."),
        _("Correct it and say why; what stood there before is kept."),
    ),
    Screen(
        ("case_milestone", "case_milestone_done", "case_milestone_add"),
        _("Milestones"),
        _("Steps on the way of an agreed item, each with a day; everybody reads them later."),
        _("Mark one as reached on the day it was; correct the others."),
    ),
    Screen(
        ("case_look_again",),
        _("Look back after the end"),
        _("Months after the end somebody looks whether the matter still stands well."),
        _("Say what you saw. If the problem came back, choose what has to be handled again."),
    ),
    Screen(
        (
            "case_key_supervision",
            "case_key_supervision_end",
            "case_convert",
            "case_conversion",
            "case_conversion_draft",
            "case_instruction",
            "case_instruction_add",
        ),
        _("Supervision and use of results"),
        _(
            "A leader who follows the matter, what became a proposal or a social-opinion report, "
            "and what leaders wrote on it."
        ),
        _("Enter the day and the paper it stands on; add what came back when it comes."),
    ),
    Screen(
        ("case_link_issue", "case_link_revoke"),
        _("Supervisors without an account"),
        _("A link for one resident to one case, for as long as you say."),
        _("Print it or show the square code at once: the address is shown only now."),
    ),
    Screen(
        ("meeting_answers",),
        _("Answers to invitations"),
        _("Who comes to the meetings ahead, who sends an excuse, who has not answered yet."),
        _("Call those who have not answered; the list fills by itself."),
    ),
    Screen(
        ("not_taken_up",),
        _("Not signed for yet"),
        _("Tasks handed over that no unit has signed for, and whether it opened them."),
        _("Call the unit before the day in the last column; then it counts as accepted."),
    ),
    Screen(
        (
            "consultations_urging_changelist",
            "consultations_urging_change",
            "urging_send",
            "urging_drop",
            "urging_answer",
        ),
        _("Reminders and follow-up slips"),
        _("Reminders went out by themselves; slips are drafts until somebody sends them."),
        _("Read a draft, send it or say why not. Several can be ticked and sent at once."),
    ),
)
