"""Setting the first password, or a fresh one, with a one-time link or the code of a slip."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from committees.services import activation, limits
from committees.services.limits import Kind
from committees.signin.forms import NewPasswordForm, SlipForm


def slip(request):
    """The page that stands on the printed slip: type the code. A wrong one stands there to be put
    right; what is spent, unknown or too old gets one and the same answer."""
    form = SlipForm(request.POST or None)
    if form.is_valid():
        typed = re.sub(r"[^A-Za-z0-9-]", "", form.cleaned_data["code"]) or "-"
        try:
            _find(typed)
        except limits.UsedUp as refused:
            return _slowed(request, refused)
        except activation.Spent:
            told = _(
                "It may have been used already, or it is older than three days, or a letter is wrong."
            )
            form.add_error("code", told)
        else:
            return redirect("account_start_code", code=typed)
    return render(request, "signin/slip.html", {"form": form})


@sensitive_post_parameters()
def start(request, code):
    """Choose a password. What is spent, unknown or too old gets one and the same answer."""
    try:
        found = _find(code)
    except limits.UsedUp as refused:
        return _slowed(request, refused)
    except activation.Spent:
        return render(request, "signin/spent.html", status=404)
    form = NewPasswordForm(request.POST or None, user=found.user)
    if form.is_valid():
        return _set(request, found, form.cleaned_data["password1"])
    return render(request, "signin/start.html", {"form": form, "person": found.user})


def _find(code):
    """Counted before it is looked at, and taken back when it was good."""
    counted = limits.count(limits.by_address(Kind.LINK))
    found = activation.find(code)
    limits.take_back(counted)
    return found


def _slowed(request, refused):
    wait = {"Retry-After": str(refused.seconds)}
    return HttpResponse(render_to_string("429.html", request=request), status=429, headers=wait)


def _set(request, found, password):
    try:
        activation.use(found, password=password)
    except activation.Spent:
        return render(request, "signin/spent.html", status=404)
    messages.success(request, _("Your password is set. Please sign in with it."))
    return redirect("account_login")
