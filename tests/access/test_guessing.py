"""Other people's numbers, files, tokens, filters, orders and words: a guess tells nothing."""

from __future__ import annotations

import io
import zipfile
from zlib import crc32

import pytest
from django.urls import reverse

from consultations.models import Attachment
from consultations.services import supervisors
from tests.access import asking
from tests.access import visibility as who
from tests.access.table import TABLE
from tests.access.walking import browser, shown

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

# A question about a hidden field, once with a guess that may be right and once with a wrong one.
HIDDEN_FIELDS = (
    ("created_by__password__startswith", "md5", "zzz"), ("user__password__startswith", "md5", "z"),
    ("password__startswith", "md5", "zzz"), ("problem__contains", "东沟", "西沟"),
    ("case__problem__contains", "东沟", "西沟"), ("case__title__regex", ".*", "^$"),
    ("user__grants__role", "leader", "nothing"), ("mobile_index__startswith", "a", "zz"),
    ("case__restricted_at__isnull", "0", "1"), ("notes__text__contains", "内部", "外部"),
    ("owner__last_login__isnull", "0", "1"), ("history__id", "1", "0"),
)  # fmt: skip
WAYS_IN = ("_popup=1", "_to_field=password", "_to_field=id", "o=-1", "o=2.1", "all=", "p=2",
           "_popup=1&_to_field=problem", "q=%E4%BA%8B%E9%A1%B9")  # fmt: skip
READERS = (who.OFFICE, who.LIAISON, who.OFFICER, who.SYSTEM, who.AUDIT)
# Below a case of the own ones, what hangs on another that is hidden.
BELOW = {
    "file_pk": "file", "meeting_pk": "meeting", "promise_pk": "promise", "item_pk": "item",
    "milestone_pk": "milestone", "link_pk": "link", "visit_pk": "visit",
}  # fmt: skip


def lists_of(person: str) -> list[str]:
    return [
        row.route
        for row in TABLE
        if row.route.startswith("/admin/co") and row.route.count("/") == 4
        and person in row.roles and not row.fixed
    ]  # fmt: skip


def some_of(tries: tuple, person: str, url: str) -> tuple:
    """A third of them, another one for each reader of a list."""
    turn = READERS.index(person) + crc32(url.encode())
    return tries[turn % 3 :: 3]


def told(response) -> tuple[int, str, int]:
    """All that an answer tells apart from its words: status, where to, how many rows."""
    change_list = getattr(response, "context_data", None) or {}
    rows = change_list["cl"].result_count if "cl" in change_list else -1
    place = response.headers.get("Location", "").partition("?")[0]
    return response.status_code, place, rows


@pytest.mark.parametrize("person", READERS)
def test_no_list_is_narrowed_by_a_hidden_field(everything, db, person):
    client, wrong = browser(everything, person), []
    urls = lists_of(person)
    assert urls
    for url in urls:
        for name, right, other in some_of(HIDDEN_FIELDS, person, url):
            answers = {told(client.get(url, {name: value})) for value in (right, other)}
            if len(answers) > 1 or next(iter(answers))[0] >= 500:
                wrong.append(f"{url}?{name}: {answers}")
    assert wrong == []


@pytest.mark.parametrize("person", READERS)
def test_no_way_into_a_list_shows_what_is_hidden(everything, db, person):
    client, secrets, wrong = browser(everything, person), asking.secrets_of(person), []
    for url in lists_of(person):
        for query in some_of(WAYS_IN, person, url):
            answer = client.get(f"{url}?{query}")
            if answer.status_code not in (200, 302, 400, 404) or shown(answer, secrets):
                wrong.append(f"{url}?{query}: {answer.status_code} {shown(answer, secrets)}")
    assert wrong == []


@pytest.mark.parametrize("person", who.ROLES)
def test_there_are_no_autocompletes(everything, db, person):
    client = browser(everything, person)
    for model, field in (("case", "owner"), ("task", "unit"), ("rolegrant", "user"),
                         ("member", "user"), ("caselink", "other")):  # fmt: skip
        app = "committees" if model in ("rolegrant", "member") else "consultations"
        asked = {"app_label": app, "model_name": model, "field_name": field, "term": "own"}
        assert client.get("/admin/autocomplete/", asked).status_code == 404


@pytest.mark.parametrize("person", [role for role in who.ROLES if role not in who.ADMINS])
def test_similar_ones_are_those_one_may_see(everything, db, person):
    client, secrets = browser(everything, person), asking.secrets_of(person)
    for name in ("admin:case_similar", "admin:suggestion_similar"):
        for matter in ("sibling_county的事项", "own_restricted的事项", "other_province的反映"):
            assert shown(client.get(reverse(name), {"q": matter}), secrets) == []


@pytest.mark.parametrize("person", [who.OFFICE, who.DIRECTOR, who.LEADER])
@pytest.mark.parametrize("place", BELOW)
def test_nothing_of_a_hidden_case_is_reached_by_way_of_an_own_one(everything, db, person, place):
    own, hidden = everything.matters["own_handling"], everything.matters["sibling_county"]
    routes = [row for row in TABLE if f":{place}>" in row.route and "<int:pk>" in row.route]
    assert routes
    client = browser(everything, person)
    for row in routes:
        mixed = dict.fromkeys(BELOW, asking.NOTHING) | {"pk": own.case.pk}
        mixed[place] = getattr(hidden, BELOW[place])
        url = asking.PLACE.sub(lambda match, mixed=mixed: str(mixed[match["name"]]), row.route)
        assert client.get(url).status_code in (404, 405), url
        # A page that is only read refuses every form alike, before it looks for the record.
        refused = {404} if "POST" in row.methods else {404, *row.refused}
        assert client.post(url, {}).status_code in refused, url


@pytest.mark.parametrize("person", who.EVERYBODY)
def test_no_path_leads_to_a_file(everything, db, person):
    client = browser(everything, person)
    name = Attachment.objects.get(pk=everything.matters["own_handling"].file).file.name
    for root in ("/", "/media/", "/files/", "/static/", "/uploads/", "/my/", "/static/../files/"):
        assert client.get(root + name).status_code in (302, 404), root


@pytest.mark.parametrize("person", [who.OFFICE, who.LIAISON, who.PREFECTURE, who.OFFICER])
@pytest.mark.parametrize("name", ["case", "task", "suggestion"])
def test_an_export_holds_the_own_rows_also_where_others_are_ticked(everything, db, person, name):
    url, secrets = f"/admin/consultations/{name}/", asking.secrets_of(person)
    client = browser(everything, person)
    keys = [m.case.pk if name == "case" else getattr(m, name) for m in everything.matters.values()]
    sent = {"action": "export", "_selected_action": [key for key in keys if key]}
    answer = client.post(url, sent)
    if not answer.streaming:
        assert answer.status_code in (302, 404)
        return
    text = words_of(b"".join(answer.streaming_content))
    assert [word for word in sorted(secrets) if word in text] == []
    assert "own_handling" in text or name == "task"


def words_of(sheet: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(sheet)) as parts:
        return "".join(parts.read(part).decode() for part in parts.namelist() if "xml" in part)


ACTIONS = {
    "case": ("owner", "add_helper", "remove_helper", "field", "campaign"), "task": ("sign_for", "accept_reply"),
    "suggestion": ("give", "decline", "join"), }  # fmt: skip


@pytest.mark.parametrize("name", ACTIONS)
@pytest.mark.parametrize("person", [who.OFFICE, who.LIAISON, who.OFFICER])
def test_actions_pass_over_what_is_hidden(everything, db, person, name):
    client, secrets = browser(everything, person), asking.secrets_of(person)
    keys = [m.case.pk if name == "case" else getattr(m, name) for m in everything.matters.values()]
    url = f"/admin/consultations/{name}/"
    for action in ACTIONS[name]:
        for more in ({}, {"look": "1"}, {"select_across": "1"}):
            ticked = {"action": action, "_selected_action": [key for key in keys if key]}
            answer = client.post(url, ticked | more)
            assert answer.status_code in (200, 302, 404)
            assert shown(answer, secrets) == []


@pytest.mark.parametrize("person", [who.OFFICE, who.LIAISON])
@pytest.mark.parametrize("hidden", ["sibling_county", "own_province", "other_province"])
def test_a_look_up_finds_nothing_outside(everything, db, person, hidden):
    own = everything.matters["own_handling"].case
    client, case = browser(everything, person), everything.matters[hidden].case
    for text in (case.title, case.code, str(case.pk)):
        answer = client.post(
            reverse("admin:case_link", args=[own.pk]), {"other": text, "kind": "related"}
        )
        assert answer.status_code == 200
        assert "other" in answer.context["form"].errors


@pytest.mark.parametrize(
    "query",
    [
        "created_by__password__startswith=m", "ordering=problem", "ordering=created_by__password",
        "stage__in=draft", "problem__contains=东沟", "is_public=0", "restricted_at__isnull=0",
        "format=json", "fields=problem", "id__in=1,2,3", "all=1",
    ],
)  # fmt: skip
def test_the_interface_knows_no_other_filter_and_no_order(everything, db, query):
    client = browser(everything, who.ANONYMOUS)
    plain = client.get("/api/cases/").json()["results"]
    assert len(plain) == len(who.SEES_IN_PUBLIC[who.ANONYMOUS])
    answer = client.get(f"/api/cases/?{query}")
    assert answer.status_code == 404 or answer.json().get("results", plain) == plain


@pytest.mark.parametrize("url", ["/cases/", "/api/cases/"])
def test_the_search_of_everybody_finds_public_cases_alone(everything, db, url):
    client, secrets = browser(everything, who.ANONYMOUS), asking.secrets_of(who.ANONYMOUS)
    for text in ("事项", "own_restricted", "内部口径", "渗漏"):
        words = {word for word in secrets if text not in word or url.startswith("/api")}
        assert shown(client.get(url, {"q": text}), words) == []


def test_a_supervisors_link_opens_one_case_and_ends(everything, db):
    first, second = (everything.matters[n].case for n in ("own_handling", "sibling_county"))
    office = everything.counties["own"].office
    made = supervisors.issue(first, by=office, called="老王", days=3)
    client = browser(everything, who.ANONYMOUS)
    page = client.get(f"/s/{made.token}/")
    assert page.status_code == 200
    assert first.title in page.content.decode()
    assert second.title not in page.content.decode()
    for guess in (made.token[:-1], made.token.swapcase(), made.link.digest, str(made.link.pk)):
        assert client.get(f"/s/{guess}/").status_code == 404
    task = everything.matters["sibling_county"].task
    sent = {"task": task, "verdict": "verify_true"}
    assert client.post(f"/s/{made.token}/", sent).status_code == 404
    supervisors.revoke(made.link, by=office)
    assert client.get(f"/s/{made.token}/").status_code == 404


def test_query_codes_and_one_time_links_of_others_tell_nothing(everything, db):
    """A wrong one, a spent one and one of another kind get the very same answer."""
    client = browser(everything, who.ANONYMOUS)
    code = everything.matters["own_handling"].case.code
    answers = {client.get(f"/account/start/{guess}/").content for guess in (code, "A" * 24, "1")}
    assert len(answers) == 1
    pages = [client.post("/track/", {"code": text}) for text in ("AAAAAAAA", "22222222")]
    assert [page.context["found"] for page in pages] == [None, None]


def test_numbers_of_others_open_nothing_wherever_they_are_typed(everything, db):
    """The number of a hidden case, in every address that takes a word."""
    hidden = everything.matters["sibling_county"].case
    client, secrets = browser(everything, who.LIAISON), asking.secrets_of(who.LIAISON)
    for url in (f"/cases/{hidden.pk}/", f"/admin/consultations/case/{hidden.code}/change/",
                f"/admin/consultations/case/?q={hidden.code}", f"/my/cases/{hidden.pk}/",
                f"/propose/?about={hidden.code}", f"/api/cases/{hidden.pk}/"):  # fmt: skip
        assert shown(client.get(url), secrets) == [], url
