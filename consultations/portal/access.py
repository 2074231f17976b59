"""Who may open a page of `/my/`: somebody signed in with a part in cases; what is not theirs is 404."""

from __future__ import annotations

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import get_object_or_404

from committees.admin.access import grants_held
from committees.admin.attempts import telling
from committees.grants import BUSINESS_ROLES
from committees.models import RoleGrant
from consultations.models import Case, Task
from consultations.selectors.cases import cases_for, tasks_for
from consultations.services.history import tried

ABOUT_CASE = ("region", "committee__region", "studio", "campaign", "field")
ABOUT_TASK = ("unit", "item", "lead__unit", "case__region", "case__committee")


def mine(*roles: str):
    """Only for people who hold one of these roles today; without any named, for all who do
    business. Without a sign-in the page leads there, with another role it does not exist."""
    allowed = set(roles or BUSINESS_ROLES)

    def guard(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not allowed & {grant.role for grant in grants_held(request)}:
                raise Http404
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return guarded

    return guard


def telling_tries(kind: type[Case] | type[Task], *, box: str = ""):
    """Stands above `mine`: a step that somebody sent and has no right to is told to the auditor.
    The step stands in the address, or in a box of the form."""

    def tell(request, pk: int, action: str = "") -> None:
        tried(kind, pk, action or request.POST.get(box, ""), by=request.user)

    return telling(tell)


def grants_as(request, *roles: str) -> list[RoleGrant]:
    """The grants of today in one of these roles."""
    return [grant for grant in grants_held(request) if grant.role in roles]


def case_or_404(request, pk: int) -> Case:
    mine = cases_for(request.user, grants=grants_held(request))
    return get_object_or_404(mine.select_related(*ABOUT_CASE), pk=pk)


def task_or_404(request, pk: int) -> Task:
    mine = tasks_for(request.user, grants=grants_held(request))
    return get_object_or_404(mine.select_related(*ABOUT_TASK), pk=pk)
