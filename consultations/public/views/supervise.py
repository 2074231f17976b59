"""The page of a citizen supervisor 群众监督员: one case, for whoever holds its link.

The address is the key. The page is kept nowhere, found by no search, and names itself to no other
site; it needs no cookie, so that nobody can send anything who does not know the address.
"""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from committees.services import limits
from committees.services.limits import Kind, UsedUp
from consultations.forms.supervisors import SupervisorForm
from consultations.models import SupervisorLink, Task
from consultations.public.throttle import slowed
from consultations.selectors.public_case import case_page
from consultations.selectors.public_case_rows import PREVIEW
from consultations.services import supervisors
from consultations.workflow.engine import Refused
from consultations.workflow.tasks import TASKS

VERDICTS = ("verify_true", "verify_partly", "verify_false")
ROWS = {row.action: row for row in TASKS if row.action in VERDICTS}
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


@csrf_exempt  # nothing but the address lets anybody in, and another site does not know it
@require_http_methods(["GET", "HEAD", "POST"])
def supervise(request, token):
    try:
        link = _link(token)
    except UsedUp as refused:
        response = slowed(render(request, "429.html"), refused)
    else:
        response = _not_there(request) if link is None else _answer(request, link)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def _link(token: str) -> SupervisorLink | None:
    """The link of a token. Raises `UsedUp` for a network from which too many wrong ones came.

    Counted before it is looked at, and taken back when it was good: no more are looked at when
    many come at once.
    """
    counted = limits.count(limits.by_address(Kind.LINK))
    link = supervisors.find(token)
    if link is not None:
        limits.take_back(counted)
    return link


def _not_there(request) -> HttpResponse:
    """One answer to what is wrong, revoked, over or hidden."""
    return render(request, "404.html", status=404)


def _answer(request, link: SupervisorLink) -> HttpResponse:
    sent = None
    if request.method == "POST":
        task = _task(link, request.POST.get("task", ""))
        row = ROWS.get(request.POST.get("verdict", ""))
        if task is None or row is None:
            return _not_there(request)
        sent = _form(link, task, row, request.POST, request.FILES)
        if _taken(sent):
            return HttpResponseRedirect(f"{request.path}?done=1")
    else:
        supervisors.opened(link)
    context = {
        "link": link,
        "page": case_page(link.case_id, rows=PREVIEW),
        "forms": _forms(link, sent),
        "is_done": "done" in request.GET,
    }
    page = render(request, "public/supervise.html", context)
    return slowed(page, getattr(sent, "too_many", None))


def _task(link: SupervisorLink, key: str) -> Task | None:
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        return None
    return link.case.tasks.select_related("unit", "item", "case").filter(pk=key).first()


def _taken(form: SupervisorForm) -> bool:
    try:
        limits.count(limits.by_address(Kind.SUPERVISING))
    except UsedUp as refused:
        form.too_many = refused
        form.add_error(None, _("Very much came in from here within an hour. Please wait a while."))
    if not form.is_valid():
        return False
    try:
        form.take()
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, reason)
        form.look_again()
        return False
    return True


def _forms(link: SupervisorLink, sent: SupervisorForm | None) -> list[SupervisorForm]:
    """One for each task that waits; what was sent and not taken stands where it was."""
    waiting = supervisors.tasks_to_verify(link)
    made = [_form(link, task, ROWS["verify_true"]) for task in waiting]
    if sent is None:
        return made
    return [sent, *(form for form in made if form.subject.pk != sent.subject.pk)]


def _form(link, task, row, data=None, files=None) -> SupervisorForm:
    form = SupervisorForm(data, files, link=link, subject=task, row=row)
    form.auto_id = f"id_{task.pk}_%s"
    return form
