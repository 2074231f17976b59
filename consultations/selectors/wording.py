"""What a stage is called in a place: the name set nearest upward, else its usual one.

Read whole and at once, so that a list costs one statement however many rows it has. A name is
only ever shown; no rule looks at it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.cache import caches

from consultations.models import Case, StageName, Task
from consultations.models.wording import STAGES_OF

Kind = StageName.Kind
SHELF_KEY = "stage-names"
LEVELS = (6, 4, 2)  # digits of a county, a prefecture, a province, the nearest first


@dataclass(frozen=True)
class Names:
    """`local` holds for each (kind, stage) the names by the code of the region that set them."""

    local: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)

    def of(self, kind: str, stage: str, *, region: str) -> str:
        names = self.local.get((kind, stage))
        if names:
            for length in LEVELS:
                if found := names.get(region[:length]):
                    return found
        return str(STAGES_OF[kind](stage).label)

    def of_case(self, case: Case) -> str:
        """For staff."""
        return self.of(Kind.CASE, case.stage, region=place_of(case))

    def of_task(self, task: Task, *, case: Case) -> str:
        return self.of(Kind.TASK, task.state, region=place_of(case))

    def public(self, stage: str, *, region: str) -> str:
        """The word for the public, of one of the `PublicStage`s."""
        return self.of(Kind.PUBLIC, stage, region=region)

    def choices(self, kind: str, *, region: str) -> list[tuple[str, str]]:
        """(value, name) of every stage of a kind, as a region calls them."""
        return [(value, self.of(kind, value, region=region)) for value in STAGES_OF[kind].values]

    def clashes(self, kind: str, stage: str, *, region: str, name: str) -> Iterator[str]:
        """The usual names of the other stages that are, or would be, called so in the region or
        somewhere below it."""
        for other in STAGES_OF[kind]:
            names = self.local.get((kind, other.value), {})
            below = {given for code, given in names.items() if code.startswith(region)}
            here = self.of(kind, other.value, region=region)
            if other.value != stage and name in {here, *below}:
                yield str(other.label)


def place_of(case: Case) -> str:
    """The code of the case's county, or of what lies above where it has none."""
    return case.county_code or case.prefecture_code


def stage_names(*, without: int | None = None) -> Names:
    """All the names that are set, read now; `without` the one about to be written anew."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    set_here = StageName.objects.exclude(pk=without) if without else StageName.objects.all()
    rows = set_here.order_by("pk").values_list("kind", "stage", "region", "name")
    for kind, stage, region, name in rows:
        found.setdefault((kind, stage), {})[region] = name
    return Names(found)


def names_once(holder: Any) -> Names:
    """All the names, read once for something that lives as long as one page: the request."""
    if not hasattr(holder, "stage_names"):
        holder.stage_names = stage_names()
    names: Names = holder.stage_names
    return names


def kept_stage_names() -> Names:
    """The same for the public pages: read anew every `KEEP_PAGES` seconds."""
    if not settings.KEEP_PAGES:
        return stage_names()
    shelf = caches["pages"]
    found: Names | None = shelf.get(SHELF_KEY)
    if found is None:
        found = stage_names()
        shelf.set(SHELF_KEY, found, settings.KEEP_PAGES)
    return found


def forget_kept_names() -> None:
    """After a change, so that at least this process shows it at once."""
    caches["pages"].delete(SHELF_KEY)
