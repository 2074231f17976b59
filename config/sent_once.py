"""Whatever somebody signed in sends is done once, however often it arrives.

Every form carries a one-time key beside the token against forgery (`{% csrf_token %}` draws both:
consultations.templatetags.one_time_key); a program sends the header Idempotency-Key. The same once
more gets the first answer; 409 while the first is being worked on; 422 where the key comes with
another content. What a visitor without an account sends is told apart by its own token.
"""

from __future__ import annotations

import hashlib
import json

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from committees.services import sent_once
from committees.services.sent_once import FIELD, HEADER, LONGEST_BODY, LONGEST_KEY, Found, State
from committees.signin.kept import Kept

WRITES = {"POST", "PUT", "PATCH", "DELETE"}
# Signing in and out and the language make nothing; the pages of everybody have their own tokens.
LEFT_ALONE = ("account/", "i18n/", "propose/", "track/", "s/")
NOT_CONTENT = {FIELD, "csrfmiddlewaretoken"}
CONFLICT, UNFITTING = 409, 422


class OneTimeKeys:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.sent_form = None
        response = self.get_response(request)
        if request.sent_form is not None:
            _keep(request.sent_form, response)
        return response

    def process_view(self, request, view, args, kwargs):
        """After the checks against forgery and of the session, before the view."""
        key = _key_of(request)
        if not key or not request.user.is_authenticated:
            return None
        found = sent_once.begin(request.user, key=key, content=_content_of(request))
        if found.state is State.FIRST:
            request.sent_form = found.row
            return None
        return _answer(request, found)


def _key_of(request) -> str:
    if request.method not in WRITES or request.resolver_match.route.startswith(LEFT_ALONE):
        return ""
    return (request.headers.get(HEADER) or request.POST.get(FIELD, ""))[:LONGEST_KEY]


def _content_of(request) -> str:
    """A digest of method, address, boxes and files; of a call, of its body."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}".encode())
    if not request.POST and not request.FILES:
        digest.update(request.body)
    boxes = [(name, texts) for name, texts in request.POST.lists() if name not in NOT_CONTENT]
    digest.update(json.dumps(sorted(boxes)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(f"\0{name}\0{file.name}\0{file.size}".encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def _keep(row, response: HttpResponse) -> None:
    """A form is done when it leads on, a call when it succeeded, a slip when its view says so.

    What came back with a message did nothing: its key is free again.
    """
    is_call = response.headers.get("Content-Type", "") == "application/json"
    if 300 <= response.status_code < 400:
        sent_once.finish(row, status=response.status_code, location=response.headers["Location"])
    elif is_call and response.status_code < 300 and len(response.content) <= LONGEST_BODY:
        sent_once.finish(row, status=response.status_code, body=response.content.decode())
    elif getattr(response, "shown_once", False):
        sent_once.finish(row, status=response.status_code)
    else:
        sent_once.free(row)


def _answer(request, found: Found) -> HttpResponse:
    if found.state is State.DONE and found.row.location:
        messages.info(request, _("The same form arrived before; it was done once."))
        return HttpResponseRedirect(found.row.location)
    if found.state is State.DONE and found.row.body:
        return HttpResponse(found.body, status=found.row.status, content_type="application/json")
    status = UNFITTING if found.state is State.OTHER else CONFLICT
    if request.headers.get(HEADER):
        return JsonResponse({"detail": _words(found)[1]}, status=status)
    return _page(request, found, status=status)


def _page(request, found: Found, *, status: int) -> HttpResponse:
    """What was typed is on it, and may be sent as a new form by whoever has looked."""
    fields = [
        (name, text)
        for name, texts in request.POST.lists()
        for text in texts
        if name not in NOT_CONTENT
    ]
    title, words = _words(found)
    kept = Kept(request.get_full_path(), fields, bool(request.FILES))
    context = {"kept": kept, "title": title, "words": words,
               "led_to": found.row.location if found.row else ""}  # fmt: skip
    return render(request, "sent_again.html", context, status=status)


def _words(found: Found) -> tuple[str, str]:
    if found.state is State.RUNNING:
        return _("This form is being worked on"), _(
            "The same form arrived a moment ago and is being saved. Look at the record first; "
            "send it again only if nothing is there."
        )
    if found.state is State.DONE:
        return _("This form was done already"), _(
            "The same form arrived before and was done. What it showed is shown once only; "
            "send it as a new form if you need another."
        )
    return _("This form was used before"), _(
        "The same form was sent before with other content, and that was saved. Send it as a new "
        "form if you mean both."
    )
