"""The same selector and the same filter as the page of cases, so both show the same."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from committees.models import Region
from consultations.api.serializers import CaseRow, CaseWhole, UnitShown
from consultations.filters import CaseFilter
from consultations.selectors.keyset import page_of
from consultations.selectors.public import case_rows
from consultations.selectors.public_case import case_page
from consultations.selectors.public_units import public_figures, units_by_place
from consultations.selectors.wording import kept_stage_names

ON_A_PAGE = 20


class PublicView(APIView):
    """For anybody, signed in or not: nobody is asked who they are, so no session is read."""

    authentication_classes = ()

    def finalize_response(self, request, response, *args, **kwargs):
        """Asked for again each time, like the pages: a case that was hidden disappears at once."""
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_cache_control(response, no_cache=True)
        return response


class CaseList(PublicView):
    """Public cases, newest first, by cursor: `next` and `previous` are complete addresses."""

    def get(self, request):
        cases = CaseFilter(request.query_params, queryset=case_rows())
        if not cases.is_valid():
            raise ValidationError(cases.errors)
        page = page_of(cases.qs, request.query_params, size=ON_A_PAGE)
        asked = {name: value for name, value in cases.asked.items() if value}
        return Response(
            {
                "next": _link(request, asked, after=page.after),
                "previous": _link(request, asked, before=page.before),
                "results": CaseRow(
                    page.rows, many=True, context=_context(request, cases.names)
                ).data,
            }
        )


class CaseDetail(PublicView):
    """One public case: what its page shows."""

    def get(self, request, pk):
        page = case_page(pk)
        if page is None:
            raise Http404
        return Response(
            CaseWhole(page, context=_context(request, kept_stage_names(), case=page.case)).data
        )


class UnitList(PublicView):
    """Handling units in use in order of place, with the figures of their tasks in public cases.

    `region` is the code of a place: the units in it and below it.
    """

    def get(self, request):
        region = request.query_params.get("region", "")
        if region and not Region.objects.filter(pk=region).exists():
            raise ValidationError({"region": [_("There is no place with this code.")]})
        page = units_by_place(region=region, demo=False, wanted=request.query_params)
        asked = {"region": region} if region else {}
        rows = public_figures(list(page))
        return Response(
            {
                "next": _link(request, asked, after=page.after),
                "previous": _link(request, asked, before=page.before),
                "results": UnitShown(rows, many=True, context={"request": request}).data,
            }
        )


def _context(request, names, **more) -> dict:
    return {"request": request, "names": names, **more}


def _link(request, asked: dict[str, str], **cursor: str) -> str | None:
    if not all(cursor.values()):
        return None
    return request.build_absolute_uri("?" + urlencode(asked | cursor))
