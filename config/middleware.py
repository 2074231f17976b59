"""Input that no page could use is answered before anything else looks at it."""

from __future__ import annotations

import codecs

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

MAX_QUERY = 4096
PAGE = (
    "<!doctype html><html lang='zh-CN'><meta charset='utf-8'><title>请求无法识别</title>"
    "<h1>请求无法识别</h1><p>地址或内容里有系统读不懂的字符。请返回上一页，重新填写后再试。</p>"
    "<p><a href='/'>回到首页</a></p></html>"
)
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


class InputSanityMiddleware:
    """400 for a NUL byte, a charset other than UTF-8, or an endless query.

    Stock Django answers a bare 500 to a form with `charset=utf-7`; see the tests.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return _refusal() if is_insane(request) else self.get_response(request)


def is_insane(request: HttpRequest) -> bool:
    query = request.META.get("QUERY_STRING", "")
    if len(query) > MAX_QUERY or "\0" in request.path_info:
        return True
    if "%00" in query or "\0" in query:
        return True
    return not _is_utf8(request.content_params or {})


def _is_utf8(content: dict[str, str]) -> bool:
    charset = content.get("charset", "utf-8").strip("\"' ")
    try:
        return codecs.lookup(charset).name == "utf-8"
    except (LookupError, ValueError):
        return False


def _refusal() -> HttpResponse:
    response = HttpResponse(PAGE, status=400, headers=HEADERS)
    patch_cache_control(response, no_store=True)
    return response
