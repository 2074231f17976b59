"""A case that three units work on: its tasks, the day they stand on, and who heard of what."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from committees.models import HandlingUnit
from consultations.models import Case, Event, Notice, Task
from consultations.selectors.clocks import Clock, clocks_of
from tests.factories import a_person
from tests.journeys import way
from tests.journeys.conftest import Town
from tests.journeys.office import take, write

BEGIN = dt.datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Monday


class Walk:
    """The case and its three tasks, and the day on which they stand."""

    def __init__(self, town: Town, elsewhere: Town, clock) -> None:
        self.town, self.elsewhere, self.clock = town, elsewhere, clock
        self.names = {user.pk: name for name, user in people_by_role(town).items()}
        self.case = three_tasks(town)
        self.lead, self.roads, self.farm = (way.task_of(self.case, n) for n in (1, 2, 3))

    def on(self, month: int, day: int) -> None:
        self.clock.move_to(BEGIN.replace(month=month, day=day))

    def told(self, key: str) -> dict[str, set[str]]:
        """Who was told of one thing, by the kind of the notice."""
        found: dict[str, set[str]] = {}
        for kind, person in Notice.objects.filter(key=key).values_list("kind", "recipient"):
            found.setdefault(kind, set()).add(self.names.get(person, f"stranger {person}"))
        return found

    def heard(self, subject: Case | Task) -> dict[str, set[str]]:
        """Who was told of the last line of the history of a task, or of the case itself."""
        lines = Event.objects.filter(case=self.case)
        own = {"task": subject} if isinstance(subject, Task) else {"task": None}
        return self.told(f"event:{lines.filter(**own).latest('pk').pk}")

    def time_of(self, task: Task) -> Clock:
        """The clock; whatever happened, the days of the units are the whole without its pauses."""
        task = Task.objects.select_related("unit").get(pk=task.pk)
        clock = clocks_of([task])[task.pk]
        assert sum(spell.used for spell in clock.spells) == clock.total - clock.pauses
        return clock


def people_by_role(town: Town) -> dict:
    """Some go by two names; the name of the role is the one told."""
    short = ("clerk", "office", "director", "approver", "officer")
    return {name: one for name, one in town.county.people.items() if name not in short}


def with_more_units(town: Town) -> None:
    """A fourth unit, and people in the third and the fourth."""
    county = town.county
    forest = HandlingUnit.objects.create(
        code="forest", name="县林业和草原局", kind="government", region=county.region
    )
    for name, unit in (("farm", county.third_unit), ("forest", forest)):
        for seat in ("officer", "leader"):
            county.people[f"{name}_{seat}"] = a_person(f"{name}-{seat}", (f"unit_{seat}", unit))


def three_tasks(town: Town) -> Case:
    """Filed with one lead unit and two that assist it."""
    case = way.log(town)
    way.to_research(town, case)
    way.to_agreement(town, case)
    units = [(town.county.unit, "lead"), (town.county.other_unit, "assist"),
             (town.county.third_unit, "assist")]  # fmt: skip
    for place, (unit, role) in enumerate(units):
        row = f"i__0__t__{place}__"
        write(case, "outcome/", town.clerk, **{
            f"{row}title": "修好坝口渗水", f"{row}unit": unit.name, f"{row}role": role,
        })  # fmt: skip
    take(case, "submit_outcome", town.director)
    take(case, "approve_outcome", town.approver, opinion="同意。")
    take(case, "file", town.office)
    return case
