"""What holds for every endpoint that does not say otherwise."""

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.throttling import BaseThrottle

from committees.services import limits
from committees.services.limits import Kind, UsedUp

DEEPEST_NESTING = 64


class ReadOnly(BasePermission):
    """Reading for everyone; an endpoint that writes names its own permission."""

    def has_permission(self, request, view):
        return request.method in SAFE_METHODS


class ByNetwork(BaseThrottle):
    """So many calls from one network, whichever process answers them."""

    def allow_request(self, request, view):
        try:
            limits.count(limits.by_address(Kind.API))
        except UsedUp as refused:
            self.refused = refused
            return False
        return True

    def wait(self):
        return self.refused.seconds


class BoundedJSONParser(JSONParser):
    """JSON of at most DEEPEST_NESTING levels: the stock parser answers 500 to a few thousand."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            data = super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise ParseError("JSON is nested too deeply.") from None
        if _nesting(data) > DEEPEST_NESTING:
            raise ParseError("JSON is nested too deeply.")
        return data


def _nesting(data) -> int:
    """Levels of lists and objects in parsed JSON, counted without recursion."""
    deepest, waiting = 0, [(data, 1)]
    while waiting:
        value, level = waiting.pop()
        if isinstance(value, dict | list):
            deepest = max(deepest, level)
            children = value.values() if isinstance(value, dict) else value
            waiting.extend((child, level + 1) for child in children)
    return deepest
