"""What a person is offered of one step."""

from __future__ import annotations

from consultations.offers import Offer, actions_for


def offer_for(user, subject, action: str) -> Offer | None:
    """The offer, or None when the person has no part in the step."""
    return next(iter(actions_for(user, subject, only={action})), None)
