"""What a member, director or liaison finds of the own studio: on the start page and apart."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees.models import Role, RoleGrant
from consultations.forms.answers import AnswerForm
from consultations.portal.access import grants_as, mine
from consultations.selectors import my_studio
from consultations.selectors.cases import cases_for
from consultations.selectors.duty import duty_record
from consultations.selectors.members import acting_members
from consultations.services.answers import answer_invitation
from consultations.workflow.engine import Refused

IN_STUDIOS = (Role.MEMBER, Role.STUDIO_DIRECTOR, Role.LIAISON)


def studio_grants(request) -> list[RoleGrant]:
    return [grant for grant in grants_as(request, *IN_STUDIOS) if grant.studio_id]


def member_blocks(request) -> dict | None:
    """What the start page tells a member besides the to-dos; None for everybody else."""
    grants = grants_as(request, Role.MEMBER)
    if not grants:
        return None
    studios = [grant.studio_id for grant in grants if grant.studio_id]
    cases = cases_for(request.user, grants=grants)
    members = list(acting_members(request.user, grants=grants))
    me = next((member for member in members if member.user_id == request.user.pk), None)
    return {
        "invitations": my_studio.invitations(cases, studios, members),
        "several": len(members) > 1,
        "stages": my_studio.open_cases(cases, studios),
        "promises": my_studio.promises(cases, studios),
        "duty": duty_record(me, year=timezone.localdate().year) if me else None,
        "has_studio": bool(studios),
    }


@require_safe
@mine(*IN_STUDIOS)
def studio(request) -> HttpResponse:
    """My studio's record; with several studios, one under the other."""
    grants = studio_grants(request)
    if not grants:
        raise Http404
    cases = cases_for(request.user, grants=grants)
    members = list(acting_members(request.user, grants=grants_as(request, Role.MEMBER)))
    rooms = {grant.studio_id: grant.studio for grant in grants}
    context = {
        "rooms": [_room(one, cases, members) for one in rooms.values()],
        "several": len(members) > 1,
    }
    return render(request, "portal/studio.html", context)


def _room(one, cases, members) -> dict:
    return {
        "studio": one,
        "invitations": my_studio.invitations(cases, [one.pk], members),
        "stages": my_studio.open_cases(cases, [one.pk]),
        "closed": my_studio.closed_cases(cases, [one.pk]),
        "promises": my_studio.promises(cases, [one.pk]),
    }


@require_POST
@mine(Role.MEMBER)
def answer(request, pk: int) -> HttpResponse:
    """参加 or 请假, from the list, in one tap; why not may be said."""
    grants = grants_as(request, Role.MEMBER)
    cases = cases_for(request.user, grants=grants)
    studios = [grant.studio_id for grant in grants if grant.studio_id]
    meeting = get_object_or_404(my_studio.coming_meetings(cases, studios), pk=pk)
    members = acting_members(request.user, grants=grants)
    key, form = request.POST.get("member", ""), AnswerForm(request.POST)
    if not key.isdecimal() or len(key) > 18:
        raise Http404
    member = get_object_or_404(members, pk=key)
    if not form.is_valid():
        return _answer_again(request, meeting, member, form)
    try:
        answer_invitation(meeting, by=request.user, member=member, **form.said)
    except Refused as refused:
        messages.error(request, " ".join(map(str, refused.reasons)))
    else:
        messages.success(request, _("Your answer is noted."))
    return redirect(_back(request))


def _answer_again(request, meeting, member, form: AnswerForm) -> HttpResponse:
    """What stands against the reason, beside its box; an answer that is none does not exist."""
    if "answer" in form.errors:
        raise Http404
    context = {"form": form, "meeting": meeting, "member": member,
               "back": request.POST.get("back", "")}  # fmt: skip
    return render(request, "portal/answer.html", context)


def _back(request) -> str:
    """Where the answer was given, if that is a page of ours."""
    url = request.POST.get("back", "")
    return url if url.startswith("/my/") and url_has_allowed_host_and_scheme(
        url, allowed_hosts=None) else "my:home"  # fmt: skip
