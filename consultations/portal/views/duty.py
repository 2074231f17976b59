"""My duty record 履职档案, and the contacts that only I can write."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees.models import Member, Origin, Region, Role
from committees.selectors.profiles import profile_of
from committees.services.contacts import record_contact, take_back_contact
from consultations.forms.duty import ContactForm
from consultations.portal.access import grants_as, mine
from consultations.selectors.cases import cases_for
from consultations.selectors.duty import duty_record
from consultations.web import sent_files

SINCE = 2018  # the first year of the practice


def me_or_404(request) -> Member:
    """The member whose account this is."""
    member = Member.objects.filter(user=request.user).first()
    if member is None:
        raise Http404
    return member


def county_of(request) -> Region | None:
    """Where a member sits: the county of the studio or region of the grant."""
    grant = next(iter(grants_as(request, Role.MEMBER)), None)
    return Region.objects.filter(pk=grant.reach[:6]).first() if grant else None


@require_safe
@mine(Role.MEMBER)
def duty(request) -> HttpResponse:
    member, today = me_or_404(request), timezone.localdate()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else today.year
    if not SINCE <= year <= today.year:
        raise Http404
    record = duty_record(member, year=year, region=county_of(request))
    seen = cases_for(request.user).filter(pk__in={line.case for line in record.lines if line.case})
    context = {
        "record": record,
        "profile": profile_of(member),
        "is_demo": member.origin == Origin.DEMO,
        "visible": set(seen.values_list("pk", flat=True)),
        "earlier": year - 1 if year > SINCE else None,
        "later": year + 1 if year < today.year else None,
        "printed_on": today,
    }
    return render(request, "portal/duty.html", context)


@require_safe
@mine(Role.MEMBER)
def own_photo(request) -> HttpResponse:
    """My photo, for me."""
    return sent_files.kept(me_or_404(request).photo)


@require_http_methods(["GET", "POST"])
@mine(Role.MEMBER)
def contacts(request) -> HttpResponse:
    """My contacts of this year, and a form for one more."""
    member = me_or_404(request)
    form = ContactForm(request.POST or None, initial={"held_on": timezone.localdate()})
    if form.is_bound and form.is_valid():
        record_contact(member, by=request.user, **form.cleaned_data)
        messages.success(request, _("The contact is on record."))
        return redirect("my:contacts")
    own = member.contacts.filter(held_on__year=timezone.localdate().year)
    context = {"form": form, "contacts": own.order_by("-held_on", "-pk")[:100]}
    return render(request, "portal/contacts.html", context)


@require_POST
@mine(Role.MEMBER)
def contact_back(request, pk: int) -> HttpResponse:
    """Take back a contact of mine that I wrote by mistake."""
    contact = get_object_or_404(me_or_404(request).contacts, pk=pk, recorded_by=request.user)
    take_back_contact(contact, by=request.user)
    messages.success(request, _("The contact is taken back."))
    return redirect("my:contacts")
