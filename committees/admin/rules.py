"""What differs from place to place: local rules and result classes."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from committees.admin.access import Scoped
from committees.admin.places import KEEPERS
from committees.models import Parameter
from committees.parameters import DEFAULTS, GATES, check_lights, checked, shown, told


class ParameterForm(forms.ModelForm):
    """The key from the list of known rules, the value as that rule's kind wants it."""

    key = forms.ChoiceField(
        label=_("rule"), choices=[(key, rule.label) for key, rule in DEFAULTS.items()]
    )
    value = forms.CharField(label=_("value"), required=False, max_length=120)

    class Meta:
        model = Parameter
        fields = ["region", "key", "value", "effective_from", "basis"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["value"].help_text = _(
            "Time limits take a whole number. Who approves topics takes one of: %s."
        ) % told(GATES)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("key") not in DEFAULTS or "value" not in cleaned:
            return cleaned
        try:
            value = checked(cleaned["key"], cleaned["value"] or "")
            if "region" in cleaned and "effective_from" in cleaned:
                check_lights(cleaned["region"], cleaned["key"], value, on=cleaned["effective_from"])
        except ValidationError as refused:
            raise ValidationError({"value": refused}) from None
        return cleaned | {"value": value}


class ParameterAdmin(Scoped):
    kept_by = KEEPERS
    region_path = "region"
    form = ParameterForm
    list_display = ["rule", "value_shown", "region", "effective_from", "basis"]
    list_select_related = ["region"]
    search_fields = ["key", "region__name"]
    ordering = ["region", "key", "-effective_from", "pk"]

    def rule(self, parameter):
        known = DEFAULTS.get(parameter.key)
        return known.label if known else parameter.key

    rule.short_description = _("rule")

    def value_shown(self, parameter):
        return shown(parameter.key, parameter.value)

    value_shown.short_description = _("value")


class EmptyPhraseAdmin(Scoped):
    kept_by = KEEPERS
    region_path = "region"
    list_display = ["phrase", "region"]
    list_select_related = ["region"]
    search_fields = ["phrase"]
    ordering = ["region", "phrase", "pk"]


class ResultClassAdmin(Scoped):
    kept_by = KEEPERS
    region_path = "region"
    list_display = ["code", "label", "meaning", "region"]
    list_select_related = ["region"]
    ordering = ["region", "code"]
