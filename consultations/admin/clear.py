"""A phone number in clear: for a reason, once, and told to the audit log before it is drawn."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from committees.admin.access import grants_held
from committees.sealed import masked
from committees.services.clear import see
from consultations.admin.access import page
from consultations.forms.clear import WhyForm
from consultations.selectors import clear


@require_http_methods(["GET", "POST"])
def phone(request, kind: str, pk: int) -> HttpResponse:
    """Asked for by GET, shown by POST; opened again, the page asks again."""
    found = clear.reader_of(kind, pk, grants=grants_held(request)) if kind in clear.KINDS else None
    if found is None:
        raise Http404
    record, reader = found
    form = WhyForm(request.POST if request.method == "POST" else None)
    number = ""
    if record.mobile and form.is_bound and form.is_valid():
        acting = {"by": request.user, "role": reader.role, "region": reader.region}
        number = see(record, **acting, **form.cleaned_data)
    context = {"title": _("Phone number of %s") % _name(record), "form": form, "number": number,
               "masked": masked(record.mobile)}  # fmt: skip
    response = page(request, "phone.html", context)
    add_never_cache_headers(response)
    return response


def _name(record) -> str:
    return getattr(record, "name", "") or str(record)
