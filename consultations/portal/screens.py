"""What the pages of `/my/` are for, and what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from consultations.web.screens import Screen

SCREENS = (
    Screen(
        ("home",),
        _("To do"),
        _("What waits for you today, the most urgent first."),
        _("Open a line, or press its button. What is done goes from the list by itself."),
    ),
    Screen(
        ("case", "village"),
        _("One matter"),
        _("How far a matter is, what was agreed and who does it, as far as it concerns you."),
        _("The steps you can take stand below the title; beside the others stands why not now."),
    ),
    Screen(
        ("tasks", "task", "letter"),
        _("Tasks of our unit"),
        _("What was handed to your unit: new, in hand, due soon, late; with the letter."),
        _("Sign for it first; then report, and draft the reply. Your leader signs the reply."),
    ),
    Screen(
        ("case_step", "task_step"),
        _("One step"),
        _("The form of one step; what has to be filled in is marked."),
        _("Send it once. If something is wrong, it says so beside the box and nothing is lost."),
    ),
    Screen(
        ("urging",),
        _("Follow-up slip"),
        _("A late task, and by when you expect to answer."),
        _("Choose the day you can keep; a difficulty fits into one sentence."),
    ),
    Screen(
        ("approval",),
        _("Approve an outcome"),
        _("The whole outcome on one page: items, who answers for them, dates, tasks, dissent."),
        _("Approve all of it, or say below an item what has to be changed."),
    ),
    Screen(
        ("verify", "follow_up"),
        _("Look whether it is done"),
        _("What the unit answered, and your own eyes."),
        _("True, partly or not done: write what you saw. A photo is welcome, never required."),
    ),
    Screen(
        ("answer",),
        _("Invitation to a meeting"),
        _("When and where it is, and about what."),
        _("Say whether you come; a reason is not owed."),
    ),
    Screen(
        ("topic_add",),
        _("Recommend a topic"),
        _("Something you heard that should be talked over."),
        _("One line and the problem are enough; look first whether it is there already."),
    ),
    Screen(
        ("duty", "contacts"),
        _("My duty record"),
        _("What you did this year, gathered from the records; nobody is ranked by it."),
        _("Only a contact with the people you speak for is written down by you."),
    ),
    Screen(
        ("studio", "studio_life", "studio_plan", "activity_add", "checklist"),
        _("Our studio"),
        _("The matters of the studio, its plan, what it did."),
        _("Write down an activity; a second person shows it to the public."),
    ),
    Screen(
        ("notices", "notice_choices", "calendar"),
        _("Notices, letters, calendar"),
        _("What changed in your matters, and how you want to hear of it."),
        _("Confirm an address for letters; take the calendar into your phone."),
    ),
)
