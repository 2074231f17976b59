"""Every answer carries the security headers: pages, refusals, errors, files, redirects.

The addresses of the site are asked as everybody by tests/access, which looks at the same headers.
"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.test import Client
from django.urls import path

from config.urls import urlpatterns as site_urls
from tests import headers
from tests.config.test_settings import PRODUCTION, manage


def fail(request):
    raise RuntimeError("13887654321")


def deny(request):
    raise PermissionDenied


def too_big(request):
    raise RequestDataTooBig


urlpatterns = [path("fail/", fail), path("deny/", deny), path("big/", too_big), *site_urls]
LONG = "a" * 5000
# status | how it is asked for
ANSWERS = [
    (200, lambda c: c.get("/")),
    (200, lambda c: c.get("/healthz")),
    (200, lambda c: c.get("/static/css/base.css")),
    (200, lambda c: c.get("/api/cases/")),
    (200, lambda c: c.head("/cases/")),
    (301, lambda c: c.get("/cases")),
    (302, lambda c: c.get("/admin/")),
    (302, lambda c: c.get("/my/")),
    (302, lambda c: c.post("/i18n/setlang/", {"language": "en"})),
    (400, lambda c: c.get(f"/cases/?q={LONG}")),
    (400, lambda c: c.get("/ca%00ses/")),
    (400, lambda c: c.get("/", headers={"host": "evil.example"})),
    (400, lambda c: c.get("/api/cases/?year=abc")),
    (403, lambda c: c.post("/track/", {"code": "A"})),
    (403, lambda c: c.get("/deny/")),
    (404, lambda c: c.get("/nowhere/")),
    (404, lambda c: c.get("/static/nothing.css")),
    (404, lambda c: c.get("/media/secret.pdf")),
    (404, lambda c: c.get("/api/cases/999/")),
    (404, lambda c: c.get("/s/" + "z" * 43 + "/")),
    (405, lambda c: c.put("/cases/")),
    (403, lambda c: c.delete("/api/cases/")),
    (400, lambda c: c.get("/big/")),
    (500, lambda c: c.get("/fail/")),
]  # fmt: skip


@pytest.fixture
def asker(db, settings) -> Client:
    settings.ROOT_URLCONF = __name__
    settings.WHITENOISE_USE_FINDERS = True  # nothing was collected
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.mark.parametrize(("status", "ask"), ANSWERS)
def test_every_kind_of_answer(asker, status, ask):
    if status in (302, 405):  # not stopped before by the check against forgery
        asker = Client(raise_request_exception=False)
    answer = ask(asker)
    assert answer.status_code == status
    assert headers.wrong(answer) == []
    answer.close()


def test_a_refusal_for_too_much(asker, settings):
    settings.LIMITS = settings.LIMITS | {
        kind: (1, settings.LIMITS[kind][1]) for kind in ("api", "link")
    }
    for url in ("/api/cases/", "/s/" + "z" * 43 + "/"):
        asker.get(url)
        answer = asker.get(url)
        assert answer.status_code == 429
        assert headers.wrong(answer) == []


@pytest.mark.parametrize("secure", [False, True])
def test_the_way_to_https(asker, settings, secure):
    settings.SECURE_SSL_REDIRECT = True
    answer = asker.get("/cases/", secure=secure)
    assert answer.status_code == (200 if secure else 301)
    assert headers.wrong(answer) == []


def test_nothing_of_an_error_is_shown(asker):
    assert "13887654321" not in asker.get("/fail/").content.decode()


# --- the looking itself ---------------------------------------------------------------------------

FINE = {name: next(iter(right)) for name, right in headers.RIGHT.items()} | {
    "Content-Security-Policy": "default-src 'none'; script-src 'self' 'nonce-0123456789abcdef'; "
    "frame-ancestors 'none'"
}  # fmt: skip


def test_a_right_answer_is_right():
    assert headers.wrong(HttpResponse("<p>x</p>", headers=FINE)) == []
    assert headers.wrong(FileResponse(b"style=", headers=FINE)) == []


@pytest.mark.parametrize("name", FINE)
def test_each_header_is_missed(name):
    rest = {key: value for key, value in FINE.items() if key != name}
    assert headers.wrong(HttpResponseRedirect("/", headers=rest))
    assert headers.wrong(HttpResponse(headers=rest | {name: "anything"}))


@pytest.mark.parametrize("source", ["'unsafe-inline'", "*", "https:", "data:", "cdn.example.org"])
def test_each_loose_source_is_seen(source):
    policy = FINE["Content-Security-Policy"].replace("'self'", f"'self' {source}")
    assert headers.wrong(HttpResponse(headers=FINE | {"Content-Security-Policy": policy}))


@pytest.mark.parametrize(
    "html",
    ['<p onclick="x()">', "<p style='color:red'>", "<style>p{}</style>", "<script>x()</script>",
     '<a href="javascript:x()">'],
)  # fmt: skip
def test_each_inline_piece_is_seen(html):
    assert headers.wrong(HttpResponse(html, headers=FINE))


# --- production -----------------------------------------------------------------------------------

QUESTION = """
from django.test import Client, override_settings
plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
with override_settings(STORAGES=plain):
    asker = Client(headers={"host": "txy.example"})
    print(asker.get("/account/login/").status_code)
    answer = asker.get("/account/login/", secure=True)
print(answer.status_code, answer.headers["Strict-Transport-Security"])
for morsel in answer.cookies.values():
    print(morsel.OutputString())
from django.conf import settings
print(settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_PATH,
      settings.SESSION_COOKIE_DOMAIN)
"""


def test_cookies_of_an_installation_belong_to_the_host_alone(tmp_path):
    (tmp_path / "static").mkdir()
    result = manage(
        "shell", "--no-imports", "-c", QUESTION, TXY_DATA_DIR=str(tmp_path), **PRODUCTION
    )
    assert result.returncode == 0, result.stderr
    plain, secure, cookie, session = result.stdout.splitlines()

    assert (plain, secure) == ("301", "200 max-age=31536000; includeSubDomains; preload")
    assert cookie.startswith("__Host-csrf=")
    assert all(part in cookie for part in ("HttpOnly", "Path=/;", "SameSite=Lax", "Secure"))
    assert "Domain" not in cookie
    assert session == "__Host-session True / None"
