"""Which members come to the next meetings, for those who prepare them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees.admin.access import STAFF, grants_held
from committees.models import RoleGrant
from consultations.admin.access import page
from consultations.selectors.cases import cases_for
from consultations.selectors.invited import MEETINGS, coming_meetings, replies_to


def staff_grants(request) -> list[RoleGrant]:
    """What lets somebody prepare meetings and so see who comes."""
    return [grant for grant in grants_held(request) if grant.role in STAFF]


@require_safe
def answers(request) -> HttpResponse:
    """The next meetings of the own cases, each with who comes, who does not and who is silent."""
    grants = staff_grants(request)
    if not grants:
        raise Http404
    found = list(coming_meetings(cases_for(request.user, grants=grants))[: MEETINGS + 1])
    meetings = found[:MEETINGS]
    replies = replies_to(meetings)
    context = {
        "title": _("Answers to invitations"),
        "rows": [(meeting, replies[meeting.pk]) for meeting in meetings],
        "most": MEETINGS if len(found) > MEETINGS else 0,
    }
    return page(request, "meeting_answers.html", context)
