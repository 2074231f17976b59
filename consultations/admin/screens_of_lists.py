"""What the reports, the reference lists and the pages of administrators are for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from consultations.web.screens import Screen

OF_LISTS = (
    Screen(
        ("consultations_event_changelist", "committees_auditentry_changelist"),
        _("Audit trail"),
        _("Each step on record: who, when, as whom, why."),
        _("Narrow it by person, role, step, days or case number."),
    ),
    Screen(
        ("consultations_jobrun_changelist", "django_tasks_database_dbtaskresult_changelist"),
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
            "rules_in_force",
            "rule_move",
        ),
        _("Local rules"),
        _("Time limits and other rules that differ from place to place."),
        _("Add a value with the day from which it holds; the old one stays for what began before."),
    ),
    Screen(
        ("unit_report", "unit_report_ratings", "unit_report_tasks"),
        _("Handling by unit"),
        _("What units were handed, answered in time and really did, in a period. No ranking."),
        _("Choose the period; every number opens to the tasks behind it and leaves as a sheet."),
    ),
    Screen(
        ("member_duty", "member_duty_sheet"),
        _("Duty record of a member"),
        _("What a member did in a year, gathered from meetings, visits and verifications."),
        _(
            "Print it or hand it out as a sheet. Nothing is typed for it; what is missing is "
            "missing in the record of its case."
        ),
    ),
    Screen(
        ("member_attendance",),
        _("Attendance of members"),
        _("Who was invited and who came, in the order of names."),
        _("Choose the period; a name opens the duty record."),
    ),
    Screen(
        (
            "committees_member_changelist",
            "committees_member_change",
            "committees_member_add",
            "member_changes",
            "member_profile",
            "committees_membergroup_changelist",
            "committees_membergroup_change",
            "committees_membergroup_add",
        ),
        _("Members"),
        _("Members with their seats, groups and photos; what is over stays with its dates."),
        _("End a seat by its last day and the reason instead of deleting it."),
    ),
    Screen(
        (
            "committees_handlingunit_changelist",
            "committees_handlingunit_change",
            "committees_handlingunit_add",
        ),
        _("Handling units"),
        _("Units with the unit above, their remits and the people to reach, now and before."),
        _(
            "Give somebody who left a last day and add the successor in a new row; a unit that "
            "was dissolved is no longer “in use”."
        ),
    ),
    Screen(
        (
            "committees_studio_changelist",
            "committees_studio_change",
            "committees_studio_add",
            "committees_room_changelist",
            "committees_room_change",
            "committees_room_add",
            "committees_studioplan_changelist",
            "committees_studioactivity_changelist",
            "committees_checklist_changelist",
            "committees_checklist_change",
            "committees_checklist_add",
            "committees_checklistmark_changelist",
            "sleeping_studios",
        ),
        _("Studios and rooms"),
        _("Where members meet residents, who directs a studio, what it plans and did."),
        _("Change what is outdated; the pages for the public follow."),
    ),
    Screen(
        ("people_import", "people_import_table", "people_import_done"),
        _("From a spreadsheet"),
        _("Many members, units, accounts or remits at once."),
        _(
            "Take the template, fill it in and look at the preview; nothing is written before you "
            "say so, and one wrong row stops all."
        ),
    ),
    Screen(
        ("work_calendar", "work_calendar_year"),
        _("Working calendar"),
        _("Holidays and shifted working days, from which every time limit is counted."),
        _("Enter the notice of the coming year; the dates that move are shown before it is kept."),
    ),
    Screen(
        (
            "consultations_homeblock_changelist",
            "consultations_homeblock_change",
            "consultations_homeblock_add",
        ),
        _("Home page"),
        _("The blocks of the home page and the notices on the page of your place."),
        _("Change a block, look at the preview, then save; who changed what stays on record."),
    ),
    Screen(
        (
            "consultations_stagename_changelist",
            "consultations_stagename_change",
            "consultations_stagename_add",
            "consultations_reasontext_changelist",
            "consultations_reasontext_change",
            "consultations_reasontext_add",
            "consultations_topicfield_changelist",
            "consultations_topicfield_change",
            "consultations_topicfield_add",
        ),
        _("Words of your place"),
        _("What stages are called here, texts offered for reasons and answers, the fields."),
        _("Only the words change, never a rule. What is no longer used goes out of the choices."),
    ),
    Screen(
        ("saved_view", "saved_view_add"),
        _("Saved views"),
        _("Filter, search, order and columns of a list under a name."),
        _("Keep it for yourself or share it with your place; it may open first."),
    ),
    Screen(
        ("personal_data", "phone"),
        _("Phone numbers and personal data"),
        _("A full number for a purpose you name, or all that is kept about somebody who asks."),
        _("Every look is on record. What is taken out cannot be brought back."),
    ),
)
