"""What no page can use is refused before the application looks at it, with every security header."""

import json

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path
from rest_framework.decorators import api_view
from rest_framework.response import Response

from config.middleware import LONGEST_QUERY, readable_content_type
from config.wsgi import application

FORM = "application/x-www-form-urlencoded"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def echo(request):
    return HttpResponse(f"{request.GET.get('q', '')}{request.POST.get('q', '')}")


@api_view(["POST"])
def take(request):
    return Response(request.data)


take.cls.permission_classes = []

urlpatterns = [path("echo", echo), path("take", take)]


@pytest.fixture(autouse=True)
def _own_addresses():
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=False, raise_request_exception=False)


def assert_refused(response):
    assert response.status_code == 400
    assert "请求无法识别" in response.content.decode()
    assert_protected(response)


def assert_protected(response):
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_ordinary_chinese_passes(client):
    assert client.get("/echo", {"q": "加装电梯"}).content.decode() == "加装电梯"
    assert client.post("/echo", {"q": "修路"}).content.decode() == "修路"


@pytest.mark.parametrize("address", ["/ec%00ho", "/echo?q=a%00b", "/echo?q%00=a", "/echo?%00"])
def test_a_nul_byte_in_the_address(client, address):
    assert_refused(client.get(address))


def test_percent_zero_zero_as_text_is_not_a_nul_byte(client):
    assert client.get("/echo?q=%2500").content == b"%00"


@pytest.mark.parametrize("body", ["q=a%00b", "q%00=a"])
def test_a_nul_byte_in_a_form(client, body):
    assert_refused(client.post("/echo", body, content_type=FORM))


def test_a_nul_byte_in_a_form_with_files(client):
    assert_refused(client.post("/echo", {"q": "a\0b"}))


@pytest.mark.parametrize(
    "charset", ["utf-7", "gbk", "latin-1", "utf-16", "hex", "rot13", "idna", "no-such", "a b", "'"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_charset_other_than_utf_8(client, charset, method):
    assert_refused(client.generic(method, "/echo", "q=a", f"{FORM}; charset={charset}"))


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "utf8", '"utf-8"'])
def test_utf_8_by_any_of_its_names(client, charset):
    response = client.generic("POST", "/echo", "q=a", f"{FORM}; charset={charset}")

    assert (response.status_code, response.content) == (200, b"a")


def test_the_longest_query_passes_and_one_more_does_not(client):
    assert client.get("/echo?" + "a" * LONGEST_QUERY).status_code == 200
    assert_refused(client.get("/echo?" + "a" * (LONGEST_QUERY + 1)))


def test_every_answer_carries_the_headers(client):
    for address in ("/echo", "/no-such-page"):
        assert_protected(client.get(address))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "content_type",
    [
        f"{FORM}; charset*=no-such''utf-8",
        f"{FORM}; charset=a\0b",
        f"{FORM}; charset=\xff",
        f"{FORM}; charset*0*=x'y'%ff; charset*1=z",
    ],
)
def test_a_header_that_django_cannot_parse_is_refused_instead_of_breaking_the_server(content_type):
    answer = {}
    environ = Client()._base_environ(
        PATH_INFO="/echo", REQUEST_METHOD="POST", CONTENT_TYPE=content_type, CONTENT_LENGTH="0"
    )

    body = b"".join(application(environ, lambda status, headers: answer.update(status=status)))

    assert answer["status"] == "400 Bad Request"
    assert "请求无法识别" in body.decode()


def test_a_header_that_can_be_parsed_reaches_the_application_unchanged():
    seen = {"CONTENT_TYPE": f"{FORM}; charset=utf-8"}

    readable_content_type(lambda environ, start: environ)(seen, None)

    assert seen == {"CONTENT_TYPE": f"{FORM}; charset=utf-8"}


@pytest.mark.django_db
@pytest.mark.parametrize("levels", [65, 3000, 100_000])
def test_deeply_nested_json_is_refused(client, levels):
    response = client.post("/take", "[" * levels + "]" * levels, content_type="application/json")

    assert response.status_code == 400


@pytest.mark.django_db
def test_json_as_deep_as_allowed_passes(client):
    data = json.loads("[" * 64 + "]" * 64)

    assert client.post("/take", data, content_type="application/json").json() == data
