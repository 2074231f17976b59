"""Build the county, gather its people, tell its stories: all of it or nothing."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from consultations.demo import people, places
from consultations.demo.stories import STORIES
from consultations.demo.walk import Walk


@transaction.atomic
def seed(*, today: dt.date | None = None) -> bool:
    """Tell the story up to today. False, and nothing done, when it is told already."""
    if places.exist():
        return False
    day = today or timezone.localdate()
    built = places.build(today=day)
    walk = Walk(built, people.gather(built, today=day), today=day)
    for story in STORIES:
        walk.begin(story(walk))
    walk.run()
    return True
