"""The rules of a place: what is in force and where it comes from, a preview before a change, and
the way to move what runs."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from committees.admin.access import STAFF, grants_held, reach, roles_held
from committees.admin.rules import ParameterAdmin, ParameterForm
from committees.models import Region, Role
from committees.parameters import DEFAULTS, shown
from committees.services.sent_once import FIELD
from consultations.admin.access import back, page
from consultations.selectors.due_moves import SHOWN, Move, digest, move_lines
from consultations.selectors.local_rules import DUE_RULES, begun_otherwise, in_force, touched
from consultations.services import local_rules
from consultations.workflow.engine import Refused

SEEN_BY = (*STAFF, Role.SYSTEM_ADMIN)
CONFIRM = "_confirmed"
NOT_SENT_ON = {"csrfmiddlewaretoken", FIELD, CONFIRM}


def region_or_404(request, code: str) -> Region:
    """A region inside the reach of the person; without a code the widest of the own ones."""
    if not roles_held(request) & set(SEEN_BY):
        raise Http404
    codes = reach(request, SEEN_BY)
    code = code or min(codes or ["53"], key=len)
    inside = codes is None or any(code.startswith(own) for own in codes)
    if not (inside and code.isdecimal() and len(code) <= 12):
        raise Http404
    found = Region.objects.select_related("parent").filter(code=code).first()
    if found is None:
        raise Http404
    return found


@require_safe
def rules_in_force(request) -> HttpResponse:
    region = region_or_404(request, request.GET.get("region", ""))
    codes, keepers = reach(request, SEEN_BY), reach(request, ParameterAdmin.kept_by)
    keeps = keepers is None or any(region.code.startswith(own) for own in keepers)
    above = region.parent
    context = {
        "title": _("Rules in force: %s") % region, "region": region,
        "rules": in_force(region), "keeps": keeps,
        "may_move": local_rules.may_move(request.user, region),
        "above": above if above and (codes is None or any(above.code.startswith(c) for c in codes))
        else None,
        "below": list(region.children.order_by("code")[:200]),
    }  # fmt: skip
    return page(request, "rules/in_force.html", context)


class ChangeForm(ParameterForm):
    """What is in force is not rewritten: a change begins today or later."""

    def clean(self):
        cleaned = super().clean()
        today, start = timezone.localdate(), cleaned.get("effective_from")
        if not start or not self._says_otherwise(cleaned):
            return cleaned
        if self.instance.pk and self.initial["effective_from"] < today:
            raise ValidationError(
                _("This rule is in force already. Add a new one that begins today or later; only "
                  "the basis of this one can be mended.")
            )  # fmt: skip
        if start < today:
            self.add_error("effective_from", _("A rule begins today or later: what runs was begun "
                                               "under the old one."))  # fmt: skip
        return cleaned

    def _says_otherwise(self, cleaned) -> bool:
        """More than the basis is written: a new rule, or another value, place or day."""
        written = {name: cleaned.get(name) for name in ("key", "value", "effective_from")}
        written["region"] = getattr(cleaned.get("region"), "pk", None)
        return not self.instance.pk or any(
            self.initial.get(name) != value for name, value in written.items()
        )


class LocalRuleAdmin(ParameterAdmin):
    """Each change is shown with what it touches, and waits for a second press."""

    form = ChangeForm
    change_list_template = "admin/rules/change_list.html"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and CONFIRM not in request.POST:
            shown_first = self._preview(request, object_id)
            if shown_first is not None:
                return shown_first
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _preview(self, request, object_id):
        """The page that says what is touched; None where the form has errors to show, or where
        the person may not write."""
        rule = self.get_object(request, object_id) if object_id else None
        may = (self.has_change_permission(request, rule) and rule is not None if object_id
               else self.has_add_permission(request))  # fmt: skip
        if not may:
            return None
        form = self.get_form(request, rule, change=rule is not None)(
            request.POST, instance=rule or self.model()
        )
        return self._preview_page(request, form) if form.is_valid() else None

    def _preview_page(self, request, form):
        told = form.cleaned_data
        region, key, value = told["region"], told["key"], told["value"]
        found = touched(region, key, value)
        now = next(rule for rule in in_force(region, on=told["effective_from"]) if rule.key == key)
        context = {
            "title": _("What the change touches"), "region": region, "touched": found,
            "label": DEFAULTS[key].label, "old": now.in_words, "new": shown(key, value),
            "starts": told["effective_from"], "opts": self.opts, "confirm": CONFIRM,
            **_moves(request, found.others),
            "sent": [(name, one) for name, values in request.POST.lists()
                     if name not in NOT_SENT_ON for one in values],
        }  # fmt: skip
        return page(request, "rules/preview.html", context)


def _moves(request, moves: list[Move]) -> dict:
    lines = move_lines(moves, request.user, grants=grants_held(request))
    return {"lines": lines, "count": len(moves), "more": max(len(moves) - SHOWN, 0)}


class MoveForm(forms.Form):
    seen = forms.CharField(max_length=32, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


@require_http_methods(["GET", "POST"])
def move(request, key: str) -> HttpResponse:
    """Which running due dates were begun under another value, and the button that moves them."""
    region = region_or_404(request, request.GET.get("region", ""))
    if key not in DUE_RULES or not local_rules.may_move(request.user, region):
        raise Http404
    form = MoveForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            moved = local_rules.move_to_rule(region, key, by=request.user, **form.cleaned_data)
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
        else:
            told = ngettext("%s due date was moved.", "%s due dates were moved.", moved) % moved
            return back(request, _address(region), told)
    moves = begun_otherwise(region, key, user=request.user, grants=grants_held(request))
    form.data = form.data.copy() if form.is_bound else form.data
    if form.is_bound:
        form.data["seen"] = digest(moves)
    form.initial["seen"] = digest(moves)
    now = next(rule for rule in in_force(region) if rule.key == key)
    context = {"title": _("Move running due dates: %s") % now.label, "region": region, "rule": now,
               "form": form, "back": _address(region), **_moves(request, moves)}  # fmt: skip
    return page(request, "rules/move.html", context)


def _address(region: Region) -> str:
    return reverse("admin:rules_in_force") + f"?region={region.code}"
