"""The circle of a meeting: who has a bench of his own, and what stands beside it."""

from __future__ import annotations

from consultations.models import Participant
from consultations.templatetags.seats import benches, fit_by_head, seats


def person(capacity: str, organisation: str = "", *, side: str = "", count: int = 1) -> Participant:
    one = Participant(capacity=capacity, organisation=organisation, count=count)
    one.side_name = side
    return one


def words(found) -> list[str]:
    return [str(bench.word) for bench in found]


def test_two_sides_have_two_benches_of_two_colours():
    found = benches([person("party", "村民"), person("party", "承包公司"), person("host")])

    assert words(found) == ["政协委员", "村民", "承包公司"]
    assert len({bench.css for bench in found}) == 3


def test_several_people_of_a_side_share_its_bench():
    found = benches(
        [person("party", "组长", side="上游村民"), person("party", "会计", side="上游村民")]
    )

    assert [bench.count for bench in found] == [2]


def test_the_shorter_name_is_taken_and_a_long_one_cut():
    fits = benches([person("party", "公司负责人和会计", side="承包公司")])
    long = benches([person("party", "出租土地的村民代表")])

    assert words(fits) == ["承包公司"]
    assert words(long) == ["出租土地…"]


def test_officials_and_residents_sit_by_their_kind():
    found = benches([person("department", "县水务局"), person("department", "县住建局")])

    assert words(found) == ["职能部门"]
    assert found[0].count == 2


def test_more_than_seven_share_the_last_bench():
    found = benches([person("party", f"第{n}方") for n in range(9)])

    assert len(found) == 7
    assert found[-1].count == 3


def test_each_person_is_a_dot_where_there_is_room():
    found = benches([person("host"), person("party", "村民", count=12)])

    assert fit_by_head(found)
    assert seats(found, True).count('class="seat ') == 13
    assert not fit_by_head(benches([person("party", "村民", count=900)]))
