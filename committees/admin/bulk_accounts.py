"""What can be done to many accounts or grants at once."""

from __future__ import annotations

from django import forms
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.admin.access import roles_held
from committees.admin.bulk import Bulk
from committees.models import Role, RoleGrant
from committees.services import standing
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


USER_ACTIONS = (SwitchOn, SwitchOff)
GRANT_ACTIONS = (EndGrants,)
