"""What I was told: the inbox, read one or all, and by which way I want to hear of what."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees.admin.access import grants_held
from committees.models import MailAddress
from consultations.forms.notices import AddressForm, ChoicesForm
from consultations.portal.access import mine
from consultations.portal.lines import url_of
from consultations.selectors import notices as shown
from consultations.services import addresses, mailing, notices
from consultations.workflow.engine import Refused


@require_safe
@mine()
def inbox(request) -> HttpResponse:
    box = shown.inbox(request.user, request.GET, grants=grants_held(request))
    context = {"box": box, "unread": shown.unread(request.user), "most": shown.MOST}
    return render(request, "portal/notices.html", context)


@require_POST
@mine()
def open_one(request, pk: int) -> HttpResponse:
    """Read, and on to what it tells of."""
    line = shown.own_notice(request.user, pk, grants=grants_held(request))
    if line is None:
        raise Http404
    notices.mark_read(request.user, only=pk)
    return redirect(url_of(request, line.record) if line.record else "my:notices")


@require_POST
@mine()
def read_all(request) -> HttpResponse:
    notices.mark_read(request.user)
    messages.success(request, _("All notices are read."))
    return redirect("my:notices")


@require_http_methods(["GET", "POST"])
@mine()
def choices(request) -> HttpResponse:
    chosen = mailing.choices_of([request.user.pk])[request.user.pk]
    form = ChoicesForm(request.POST or None, chosen=chosen)
    if form.is_bound and form.is_valid():
        notices.choose(request.user, wishes=form.cleaned_data)
        messages.success(request, _("Your choices hold from now on."))
        return redirect("my:notice_choices")
    return _page(request, choices_form=form)


@require_POST
@mine()
def mail(request) -> HttpResponse:
    """Another address, or none."""
    if "remove" in request.POST:
        addresses.remove(request.user)
        messages.success(request, _("No letters are sent to you any more."))
        return redirect("my:notice_choices")
    form = AddressForm(request.POST)
    if form.is_valid() and _asked(request, form):
        told = _("A letter is on its way. Please open the link in it to confirm the address.")
        messages.success(request, told)
        return redirect("my:notice_choices")
    return _page(request, address_form=form)


@require_http_methods(["GET", "POST"])
@mine()
def confirm(request, token: str) -> HttpResponse:
    """The link of the letter: confirmed by a button, so that no scanner of mail confirms."""
    address = addresses.asked_by(token, user=request.user)
    if address is None:
        return render(request, "portal/mail_confirm.html", {"address": None}, status=404)
    if request.method == "POST":
        addresses.confirm(address)
        messages.success(request, _("Letters go to this address from now on."))
        return redirect("my:notice_choices")
    return render(request, "portal/mail_confirm.html", {"address": address})


def _asked(request, form: AddressForm) -> bool:
    try:
        addresses.ask(request.user, address=form.cleaned_data["address"])
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error("address", reason)
        return False
    return True


def _page(request, *, choices_form=None, address_form=None) -> HttpResponse:
    address = MailAddress.objects.filter(user=request.user).first()
    chosen = mailing.choices_of([request.user.pk])[request.user.pk]
    known = {"address": address.address if address else request.user.email}
    context = {
        "address": address,
        "mail_on": settings.MAIL_ON,
        "hour": settings.DIGEST_HOUR,
        "choices_form": choices_form or ChoicesForm(chosen=chosen),
        "address_form": address_form or AddressForm(initial=known),
    }
    return render(request, "portal/notice_choices.html", context)
