"""What each role does here, in a few sentences: shown where work begins until somebody puts it away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from committees.models import Role, User
from consultations.selectors.guides import put_away_by

GUIDES: dict[str, tuple[Any, ...]] = {
    Role.COUNTY_OFFICE: (
        _("Screen residents' suggestions and log cases; a draft is submitted from its record."),
        _(
            "Each case shows what can be done now as green buttons; beside a grey one "
            "stands why not yet."
        ),
        _("File approved outcomes: the number is given and the tasks go out by themselves."),
        _(
            "Read replies, have them verified by somebody else, then rating, "
            "publication and closing."
        ),
    ),
    Role.LEADER: (
        _(
            "Topics that wait for your decision stand on this desk: open one and "
            "approve it, or leave it to the office."
        ),
        _("You approve nothing that you logged yourself."),
        _("A topic that was not adopted can be reconsidered once, with a reason."),
    ),
    Role.PARTY_APPROVER: (
        _(
            "Outcomes sent by the studio wait here: read the agreed items, then "
            "approve or return them."
        ),
        _(
            "A return needs a reason for at least one item; changed substance means "
            "another meeting."
        ),
    ),
    Role.STUDIO_DIRECTOR: (
        _(
            "See that research, meeting and record follow each other; the buttons on "
            "the case lead on."
        ),
        _(
            "Complete the agreed items: route, who answers for it, date, tasks. Then "
            "send them to the Party committee."
        ),
    ),
    Role.LIAISON: (
        _(
            "Log a case: title, problem, place and source are enough. Look at the "
            "similar ones first."
        ),
        _(
            "Log every visit, prepare the meeting with at least two sides, write its "
            "record on one page."
        ),
        _(
            "Paste items and tasks from a spreadsheet into the grid instead of typing "
            "them one by one."
        ),
    ),
    Role.MEMBER: (
        _("Cases of your studio stand here; log what you saw and heard on a visit."),
        _("When a unit has answered, look whether it is really done, and say so."),
    ),
    Role.DISPATCH_OFFICE: (
        _("Return requests and extensions of units wait for your decision here."),
        _("A second change of unit needs a conference: write its day and decision."),
    ),
    Role.UNIT_OFFICER: (
        _("Tasks handed to your unit stand here: sign for them in time."),
        _("Report progress in a sentence or two; then draft the reply point by point."),
        _("What is not yours to do is returned within a few working days, by your leader."),
    ),
    Role.UNIT_LEADER: (
        _("Sign the replies your officer drafted; ask for returns and extensions."),
        _("Answered is your word; whether it is really done is verified by somebody else."),
    ),
    Role.VILLAGE_CLERK: (
        _("Log what your village raises: title, problem, spot. The studio takes it from there."),
        _("When a task is answered, look whether it is really done."),
    ),
    Role.PREFECTURE_OFFICE: (
        _(
            "You see the cases of your counties and take no steps in them; sensitive "
            "ones are counted only."
        ),
        _("Filter the list by county and time limit to see where things are late."),
    ),
    Role.PROVINCE_OFFICE: (
        _(
            "You see the cases of the province and take no steps in them; sensitive "
            "ones are counted only."
        ),
        _("Filter the list by prefecture and time limit to see where things are late."),
    ),
    Role.SYSTEM_ADMIN: (
        _("You keep accounts and reference lists; cases are not shown to you."),
        _(
            "Look under job runs whether the daily command ran; without it nothing is "
            "accepted by lapse."
        ),
    ),
    Role.SECURITY_ADMIN: (
        _("You grant and end roles: a role, a scope, from a day, until a day."),
        _("Nobody is deleted: a role that ends keeps its history."),
    ),
    Role.AUDIT_ADMIN: (
        _(
            "In the audit trail you read who did what and when, by person, role, step, "
            "days and case number."
        ),
        _("Of a case you see the number alone; nothing in the trail can be changed."),
    ),
}


@dataclass(frozen=True)
class Guide:
    """The few sentences with which a role begins."""

    role: str
    label: str
    steps: tuple[Any, ...]


def guides_of(roles: Iterable[str]) -> list[Guide]:
    """In the order of the roles, those that somebody holds."""
    held = set(roles)
    return [
        Guide(role, str(Role(role).label), steps) for role, steps in GUIDES.items() if role in held
    ]


def next_guide(user: User, *, roles: Iterable[str]) -> Guide | None:
    """The first guide of the person's roles that was not put away: one at a time is read."""
    away = put_away_by(user)
    return next((guide for guide in guides_of(roles) if guide.role not in away), None)
