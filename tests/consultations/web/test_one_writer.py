"""Within one writer a record is what stands now; one that is gone meanwhile is 404."""

from __future__ import annotations

import pytest
from django.http import Http404

from committees.models import Member
from consultations.web.one_writer import one_writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen():
    """A member as somebody read the record, before somebody else wrote."""
    return Member.objects.get(pk=Member.objects.create(name="李四").pk)


def test_who_writes_has_what_stands_now(seen):
    Member.objects.filter(pk=seen.pk).update(name="李四光")
    with one_writer(seen, writes=True):
        assert seen.name == "李四光"


def test_who_only_looks_asks_nothing(seen, django_assert_num_queries):
    with django_assert_num_queries(0), one_writer(seen, writes=False):
        assert seen.name == "李四"


def test_what_is_gone_in_the_same_moment_is_no_error_of_the_server(seen):
    Member.objects.all().delete()
    with pytest.raises(Http404), one_writer(seen, writes=True):
        pytest.fail("written to what is gone")
