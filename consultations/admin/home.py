"""The blocks of the home page: set by the province, with a preview; notices by each office."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.admin.access import Scoped, reach
from committees.models import Origin, Role
from committees.models.regions import at_or_below
from consultations.admin.access import key_or_404, page
from consultations.models import HomeBlock
from consultations.selectors.cases import public_cases
from consultations.selectors.home_changes import home_changes
from consultations.selectors.public import newest_cases
from consultations.selectors.public_blocks import Block, block_of, home_blocks, in_order
from consultations.selectors.public_home import home_with
from consultations.selectors.public_reports import with_report

OF_THE_SITE = (Role.SYSTEM_ADMIN, Role.PROVINCE_OFFICE)
WHOLE_SITE = 2  # the length of the code of a province
OF_A_PLACE = (Role.PREFECTURE_OFFICE, Role.COUNTY_OFFICE)


class HomeBlockForm(forms.ModelForm):
    """The story is named by its case number, as it stands at the end of the case's page."""

    story = forms.CharField(
        label=_("story told"), required=False, max_length=40,
        help_text=_("The number of a published case, for example 530102-2026-0001."),
    )  # fmt: skip

    class Meta:
        model = HomeBlock
        fields = ("kind", "region", "title", "text", "link", "link_text", "figures", "order",
                  "is_shown")  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.case_id:
            self.initial["story"] = self.instance.case.code

    def clean_story(self):
        code = self.cleaned_data["story"].strip()
        if not code:
            self.instance.case = None
            return code
        case = public_cases().exclude(origin=Origin.DEMO).filter(code=code).first()
        if case is None:
            raise ValidationError(_("No published case has this number."))
        self.instance.case = case
        return code


class HomeBlockAdmin(Scoped):
    seen_by = ()
    kept_by = (*OF_THE_SITE, *OF_A_PLACE)
    form = HomeBlockForm
    fields = ("kind", "region", "title", "text", "link", "link_text", "story", "figures", "order",
              "is_shown")  # fmt: skip
    list_display = ["__str__", "kind", "region", "order", "is_shown"]
    list_select_related = ["region"]
    ordering = ["order", "pk"]
    change_form_template = "admin/home_block.html"

    def get_queryset(self, request):
        return super().get_queryset(request).filter(_own_blocks(request))

    def has_change_permission(self, request, obj=None):
        mine = obj is None or HomeBlock.objects.filter(_own_blocks(request), pk=obj.pk).exists()
        return super().has_change_permission(request, obj) and mine

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "region" and (codes := _own_places(request)) is not None:
            field.required = not _keeps_the_site(request)
            field.queryset = field.queryset.filter(at_or_below(codes, path="code"))
        if db_field.name == "kind" and not _keeps_the_site(request):
            field.choices = [(HomeBlock.Kind.NOTICE.value, HomeBlock.Kind.NOTICE.label)]
        return field

    def changelist_view(self, request, extra_context=None):
        standing = _standing() if _keeps_the_site(request) else []
        return super().changelist_view(request, {"standing": standing, **(extra_context or {})})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        shown = self._preview(request, object_id) if "_preview" in request.POST else None
        return shown or super().changeform_view(request, object_id, form_url, extra_context)

    def _preview(self, request, object_id):
        """The page with what was typed, and nothing saved; None where that has errors to show."""
        block = self.get_object(request, object_id) if object_id else None
        if not self.has_change_permission(request, block):
            return None
        form = self.get_form(request, block, change=block is not None)(
            request.POST, instance=block or HomeBlock()
        )
        return _page_with(request, form) if form.is_valid() else None

    def history_view(self, request, object_id, extra_context=None):
        block = self.get_object(request, key_or_404(object_id))
        if block is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        context = {"title": _("Changes of fields"), "record": block, "changes": home_changes(block)}
        return page(request, "home_changes.html", context)


def _standing() -> list[dict]:
    """The home page from top to bottom, also the blocks that nobody has set, each with the way to
    change it."""
    return [
        {
            "label": HomeBlock.Kind(block.kind).label,
            "title": block.title,
            "order": block.order,
            "is_shown": block.is_shown,
            "is_set": block.pk is not None,
            "url": _way_to(block),
        }
        for block in home_blocks()
    ]


def _way_to(block: Block) -> str:
    if block.pk is not None:
        return reverse("admin:consultations_homeblock_change", args=[block.pk])
    start = urlencode({"kind": str(block.kind), "order": block.order})
    return f"{reverse('admin:consultations_homeblock_add')}?{start}"


def _own_places(request) -> list[str] | None:
    """The places for whose pages somebody may write; None for all of them."""
    return reach(request, (*OF_THE_SITE, *OF_A_PLACE))


def _keeps_the_site(request) -> bool:
    """Whether the home page itself is somebody's, besides the pages of places."""
    codes = _own_places(request)
    return codes is None or any(len(code) <= WHOLE_SITE for code in codes)


def _own_blocks(request) -> Q:
    codes = _own_places(request)
    if codes is None:
        return Q()
    return at_or_below(codes) | (Q(region=None) if _keeps_the_site(request) else Q(pk__in=[]))


def _page_with(request, form):
    typed = block_of(form.instance, [with_report(one) for one in form.cleaned_data["figures"]])
    typed.is_shown = True
    if typed.case_id:
        typed.case = next(iter(newest_cases(1, public_cases().filter(pk=typed.case_id))), None)
    if form.instance.region_id:
        context = {"notice": typed, "is_preview": True}
        return render(request, "public/notice_preview.html", context)
    others = [one for one in home_blocks() if one.pk and one.pk != typed.pk]
    shown = home_with(in_order([one for one in others if one.kind != typed.kind or one.kind == "notice"]
                          + [typed]))  # fmt: skip
    return render(request, "public/home.html", {"home": shown, "is_preview": True})
