"""What can be done to many accounts or grants at once."""

from __future__ import annotations

from django import forms
from django.db import transaction
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.admin.access import roles_held
from committees.admin.bulk import Bulk
from committees.models import Activation, Role, RoleGrant, User
from committees.services import activation, standing
from committees.services.activation import ruled_among


class Switch(Bulk):
    on = True

    @classmethod
    def is_offered(cls, request):
        return Role.SYSTEM_ADMIN in roles_held(request)

    def load(self, rows):
        held = Prefetch("grants", RoleGrant.objects.in_force(), to_attr="grants_read")
        found = list(rows.prefetch_related(held))
        self.ruled = ruled_among(found, by=self.request.user, role=Role.SYSTEM_ADMIN)
        return found

    def title_of(self, user):
        return f"{user.username} {user.display_name}".strip()

    def detail_of(self, user):
        return "、".join(grant.get_role_display() for grant in user.grants_read)

    def state_of(self, user):
        return _("switched on") if user.is_active else _("switched off")

    def objections(self, user, data):
        roles = [grant.role for grant in user.grants_read]
        return standing.against_switching(
            user, by=self.request.user, on=self.on, roles=roles, is_ruled=user.pk in self.ruled
        )

    def text(self, user, data):
        return _("switched on") if self.on else _("switched off")

    def take(self, picked, data):
        return standing.switch(picked.record, by=self.request.user, on=self.on)


class SwitchOn(Switch):
    name, label = "switch_on", gettext_lazy("Switch the accounts on")


class SwitchOff(Switch):
    name, label, on = "switch_off", gettext_lazy("Switch the accounts off"), False


class Slips(Switch):
    """First sign-ins on paper, several to a page. A slip that is still good is not made again: sent
    twice, or loaded anew, the page voids none that was printed."""

    name, label = "slips", gettext_lazy("Slips for the first sign-in")

    def __init__(self, model_admin, request):
        super().__init__(model_admin, request)
        self.slips = []

    def load(self, rows):
        found = super().load(rows)
        still = Activation.objects.open().filter(user__in=[user.pk for user in found])
        self.handed_out = dict(still.values_list("user", "issued_at"))
        return found

    def state_of(self, user):
        return _("set") if user.has_usable_password() else _("not set yet")

    def objections(self, user, data):
        if user.has_usable_password():
            return [_("The account has a password; a new link is made on its own page.")]
        if not user.is_active or user.pk not in self.ruled:
            return [_("The account is switched off, or has rights beyond your region.")]
        if at := self.handed_out.get(user.pk):
            told = _("A slip was made at %s and is still good. Is it lost? Make a link on the page "
                     "of the account.")  # fmt: skip
            return [told % localtime(at).strftime("%Y-%m-%d %H:%M")]
        return []

    def text(self, user, data):
        return _("a slip with a code, good for three days")

    def take(self, picked, data):
        """The account is asked about once more, inside the transaction that makes the code."""
        with transaction.atomic():
            user = User.objects.select_for_update().get(pk=picked.record.pk)
            fresh = Activation.objects.open().filter(user=user)
            self.handed_out |= dict(fresh.values_list("user", "issued_at"))
            if against := self.objections(user, data):
                return against
            self.slips.append(activation.issue(user, by=self.request.user))
        return []

    def _finish(self, result, form):
        if not self.slips:
            return super()._finish(result, form)
        keys = ",".join(picked.key for picked in result.left)
        typed = self.request.build_absolute_uri(reverse("account_start"))
        page = self._render(
            "slips.html", {"slips": self.slips, "result": result, "keys": keys, "typed": typed}
        )
        add_never_cache_headers(page)
        return page


class LastDayForm(forms.Form):
    use_required_attribute = False

    day = forms.DateField(
        label=gettext_lazy("last day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class EndGrants(Bulk):
    name, label = "end", gettext_lazy("Let the roles end")
    form_class = LastDayForm
    related = ("user", "region", "studio", "unit")

    @classmethod
    def is_offered(cls, request):
        return Role.SECURITY_ADMIN in roles_held(request)

    def detail_of(self, grant):
        return _("from %s") % grant.valid_from.isoformat()

    def state_of(self, grant):
        return grant.valid_until.isoformat() if grant.valid_until else _("no end set")

    def is_demo(self, grant):
        return grant.user.is_demo

    def objections(self, grant, data):
        if data is None:
            return []
        return standing.against_ending(grant, by=self.request.user, on=data["day"])

    def text(self, grant, data):
        return _("last day: %s") % data["day"].isoformat()

    def take(self, picked, data):
        return standing.end_grant(picked.record, by=self.request.user, on=data["day"])


USER_ACTIONS = (SwitchOn, SwitchOff, Slips)
GRANT_ACTIONS = (EndGrants,)
