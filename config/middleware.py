"""What every request passes before the application looks at it."""

import codecs

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.http import parse_header_parameters

from committees import origin

LONGEST_QUERY = 4096
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
REFUSAL = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>请求无法识别</title>
<h1>请求无法识别</h1>
<p>地址或提交的内容里有系统读不懂的字符，或者地址太长。请返回上一页，检查后再试。</p>
<p lang="en">The address or the form holds characters that cannot be read, or is too long.</p>
<p><a href="/">回到首页 Home</a></p>
</html>
"""


class InputSanity:
    """400 for what no page can use: NUL bytes, charsets other than UTF-8, endless queries.

    Stock Django and its databases answer some of them with a bare 500.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if _query_unusable(request) or "\0" in request.path_info or not _is_utf8(request):
            return _refusal()
        if "charset" in request.content_params:
            # Django's forms know "utf-8" by this name only, and "utf8" is as good.
            request.encoding = "utf-8"
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Forms are parsed before every view anyway, to find the CSRF token."""
        if request.content_type in FORMS and _has_nul(request.POST):
            return _refusal()
        return None


def _query_unusable(request) -> bool:
    query = request.META.get("QUERY_STRING", "")
    return len(query) > LONGEST_QUERY or "%00" in query or "\0" in query


def _is_utf8(request) -> bool:
    try:
        return codecs.lookup(request.content_params.get("charset", "utf-8")).name == "utf-8"
    except (LookupError, ValueError):
        return False


def _has_nul(form) -> bool:
    return any("\0" in text for name, values in form.lists() for text in (name, *values))


def _refusal() -> HttpResponse:
    response = HttpResponse(REFUSAL, status=400)
    add_never_cache_headers(response)
    return response


def readable_content_type(application):
    """WSGI wrapper: a Content-Type that Django fails to parse becomes one that InputSanity refuses.

    Django parses it while it builds the request, before any middleware could catch the error.
    """

    def wrapper(environ, start_response):
        try:
            _, parameters = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
            codecs.lookup(parameters.get("charset", "utf-8"))
        except (LookupError, ValueError):
            environ["CONTENT_TYPE"] = "application/octet-stream; charset=unreadable"
        return application(environ, start_response)

    return wrapper


def chosen_language(get_response):
    """The language a person chose on the page, else the default; never the browser's own guess.

    A clerk with an English browser works in Chinese like everyone else in the office.
    """
    known = {code for code, _name in settings.LANGUAGES}

    def middleware(request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response

    return middleware


def errors_unkept(get_response):
    """No browser keeps a refusal: what does not exist for somebody today may tomorrow."""

    def middleware(request):
        response = get_response(request)
        if response.status_code >= 400 and "Cache-Control" not in response.headers:
            add_never_cache_headers(response)
        return response

    return middleware


def permissions_policy(get_response):
    """No page needs the camera, the microphone or the place; photos come through file inputs."""

    def middleware(request):
        response = get_response(request)
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response

    return middleware


def known_origin(get_response):
    """The address of the caller, for the audit log; what the program does by itself has none."""

    def middleware(request):
        token = origin.address.set(origin.caller(request.META, proxies=settings.PROXIES))
        try:
            return get_response(request)
        finally:
            origin.address.reset(token)

    return middleware
