"""Mutants that change no answer about rights, each with the reason; reviewed by hand."""

from __future__ import annotations

SAME_ROWS = "whose deputy somebody is, is among the principals asked for beside it"
MEMORY = "what is known is only kept for the next question; each question makes its own otherwise"

EQUIVALENT = {
    "committees.grants same_hand lose Q(user=user)": SAME_ROWS,
    "committees.models.accounts User.__str__ and/or self.display_name or self.username": (
        "a name on a screen"
    ),
    "consultations.offers actions_for negate if known is None": MEMORY,
    "consultations.offers actions_for turn known is None": MEMORY,
    "consultations.offers actions_for turn row.action not in only": (
        "which steps are asked about, for a card; the answer of each stays"
    ),
}

# Functions that decide on no right: how something is drawn, or told. Each is held elsewhere.
NO_RULES = {
    "committees.admin.access RolesDecide.formfield_for_choice_field": "the words of an empty choice",
    "committees.admin.access Scoped.get_action_choices": "the words of an empty choice",
    "committees.admin.access Scoped.view_on_site": "a link to a page that asks for itself",
    "committees.admin.access Scoped.history_view": "which history is drawn; tests/committees/"
    "test_histories.py",
    "committees.admin.access fields_changed": "the words of the audit log; tests/committees/"
    "test_audit_admin.py",
    "committees.admin.access Lines.formfield_for_dbfield": "the label of a box for screen readers",
}
