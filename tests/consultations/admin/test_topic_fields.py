"""Fields in two levels: a wider one finds what belongs to it; one out of use is not offered."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from consultations.forms.cases import EditCaseForm
from consultations.models import TopicField
from consultations.models.topics import INDENT
from consultations.selectors.choices import filter_choices
from tests.factories import a_case

pytestmark = pytest.mark.django_db
CASES = "/admin/consultations/case/"
FIELDS = "/admin/consultations/topicfield/"


@pytest.fixture
def society() -> TopicField:
    return TopicField.objects.create(code="society", name="社会", order=1)


@pytest.fixture
def health(society) -> TopicField:
    return TopicField.objects.create(code="health", name="医疗", order=2, parent=society)


@pytest.fixture
def ecology() -> TopicField:
    return TopicField.objects.create(code="ecology", name="生态", order=3)


def found(client, field: TopicField) -> set[str]:
    page = client.get(CASES, {"field": field.pk})
    return {case.title for case in page.context["cl"].result_list}


def test_a_wider_field_finds_what_belongs_to_it(county, enter, society, health, ecology):
    for field in (society, health, ecology):
        a_case(county=county, title=field.name, field=field)
    client = enter(county.office)
    assert found(client, society) == {"社会", "医疗"}
    assert found(client, health) == {"医疗"}
    assert found(client, ecology) == {"生态"}


def test_what_belongs_to_another_is_set_in_below_it(county, health, ecology):
    names = ["社会", f"{INDENT}医疗", "生态"]
    choices = filter_choices(regions=[], county="")["field"]
    assert [name for _key, name in choices] == names
    form = EditCaseForm(case=a_case(county=county), grants=[])
    assert [str(name) for _key, name in form.fields["field"].choices] == ["—", *names]


def test_a_field_out_of_use_is_offered_only_where_it_stands(county, health):
    case = a_case(county=county, field=health)
    TopicField.objects.filter(pk=health.pk).update(is_active=False)
    assert health not in TopicField.objects.offered()
    assert health in EditCaseForm(case=case, grants=[]).fields["field"].queryset
    other = a_case(county=county)
    assert health not in EditCaseForm(case=other, grants=[]).fields["field"].queryset


def test_there_are_two_levels_no_more(society, health, ecology):
    for field, parent in ((ecology, health), (society, ecology), (society, society)):
        again = TopicField.objects.get(pk=field.pk)
        again.parent = TopicField.objects.get(pk=parent.pk)
        with pytest.raises(ValidationError) as told:
            again.full_clean()
        assert list(told.value.message_dict) == ["parent"]
    ecology.parent = society
    ecology.full_clean()


def test_the_list_is_kept_by_the_administrator_and_a_code_stays(county, enter, health):
    client = enter(county.system_admin)
    page = client.get(f"{FIELDS}{health.pk}/change/").context["adminform"].form
    assert "code" not in page.fields
    assert "code" in client.get(f"{FIELDS}add/").context["adminform"].form.fields
