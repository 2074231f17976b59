"""What a browser, a thief of cookies or a guesser meets."""

from __future__ import annotations

from datetime import timedelta

from csp.constants import NONE
from django.conf import settings
from django.utils.translation import gettext as _

from committees.services.limits import Kind
from config.checks.declare import deploy_check, unless

YEAR = 365 * 24 * 60 * 60
# Those that add headers, then those that refuse, then those that answer.
FIRST = "csp.middleware.CSPMiddleware"
IN_THIS_ORDER = (
    FIRST,
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.permissions_policy",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.InputSanity",
    "config.middleware.known_origin",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "committees.signin.middleware.SessionRules",
    "config.sent_once.OneTimeKeys",
)
LOOSE = ("'unsafe", "*", "http:", "https:", "data:", "blob:")
CLOSED = ("default-src", "base-uri", "frame-ancestors")
SLOW = ("PBKDF2", "Argon2", "BCryptSHA256", "Scrypt")
VALIDATORS = ("LongEnough", "CommonPasswordValidator", "NoWordOfThePlace", "NotUsedBefore")
CEILINGS = {
    Kind.ACCOUNT: (8, timedelta(minutes=15)), Kind.ADDRESS: (30, timedelta(minutes=15)),
    Kind.PROPOSAL: (5, timedelta(hours=1)), Kind.TRACKING: (60, timedelta(hours=1)),
    Kind.LINK: (30, timedelta(hours=1)), Kind.SUPERVISING: (60, timedelta(hours=1)),
    Kind.API: (60, timedelta(minutes=1)), Kind.EXPORT: (20, timedelta(hours=1)),
}  # fmt: skip


@deploy_check(9)
def sessions_are_kept_here():
    yield from unless(
        settings.SESSION_ENGINE == "django.contrib.sessions.backends.db",
        _("Sessions are not kept in the database, and cannot be ended from here."),
        _("Leave SESSION_ENGINE as it is."),
    )


@deploy_check(10)
def sessions_are_plain_json():
    yield from unless(
        settings.SESSION_SERIALIZER.endswith(".JSONSerializer"),
        _("What is read from a session could run as a program."),
        _("Leave SESSION_SERIALIZER as it is: JSON."),
    )


@deploy_check(11)
def hosts_are_named():
    for host in settings.ALLOWED_HOSTS:
        yield from unless(
            "*" not in host and not host.startswith("."),
            _("The site answers to any name: %s.") % host,
            _("Name each host in TXY_ALLOWED_HOSTS."),
        )


@deploy_check(12)
def proxies_are_counted():
    told = getattr(settings, "SECURE_PROXY_SSL_HEADER", None) is not None
    yield from unless(
        told == (settings.PROXIES > 0),
        _("The headers of a proxy are believed without knowing how many proxies there are."),
        _("Set TXY_BEHIND_PROXY and TXY_PROXIES together."),
    )


@deploy_check(14)
def cookies_belong_to_this_host_alone():
    for name in ("SESSION", "CSRF"):
        said = {key: getattr(settings, f"{name}_COOKIE_{key}")
                for key in ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "PATH", "DOMAIN")}  # fmt: skip
        flags = said["SECURE"] and said["HTTPONLY"] and said["SAMESITE"] in ("Lax", "Strict")
        place = said["PATH"] == "/" and not said["DOMAIN"]
        yield from unless(
            flags and place and said["NAME"].startswith("__Host-"),
            _("The cookie %s could be read or set by somebody else.") % said["NAME"],
            _("Name it __Host-…, Secure, HttpOnly, SameSite, for the path / and no domain."),
        )


@deploy_check(15)
def only_https_for_a_year():
    yield from unless(
        settings.SECURE_SSL_REDIRECT
        and settings.SECURE_HSTS_SECONDS >= YEAR
        and settings.SECURE_HSTS_INCLUDE_SUBDOMAINS,
        _("Browsers are not told to use HTTPS alone."),
        _("Keep SECURE_SSL_REDIRECT and a year of HSTS with subdomains."),
    )


@deploy_check(16)
def pages_run_own_scripts_only():
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    for name, sources in policy.items():
        yield from unless(
            not any(str(source).startswith(LOOSE) for source in sources),
            _("The content policy is loose: %s.") % name,
            _("Allow 'self' or a nonce, never 'unsafe-inline', a scheme or *."),
        )
    for name in CLOSED:
        yield from unless(
            policy.get(name) == [NONE],
            _("The content policy leaves %s open.") % name,
            _("Set it to 'none'."),
        )


@deploy_check(17)
def every_answer_bears_the_headers():
    yield from unless(
        settings.MIDDLEWARE[0] == FIRST,
        _("Some answers leave before the content policy is written."),
        _("Let %s stand first in MIDDLEWARE.") % FIRST,
    )


@deploy_check(18)
def guards_stand_in_their_order():
    places = [settings.MIDDLEWARE.index(name) for name in IN_THIS_ORDER
              if name in settings.MIDDLEWARE]  # fmt: skip
    yield from unless(
        len(places) == len(IN_THIS_ORDER) and places == sorted(places),
        _("A guard is missing from MIDDLEWARE, or stands too late."),
        _("Restore the order of config/settings/base.py."),
    )


@deploy_check(23)
def passwords_are_hashed_slowly():
    for name in settings.PASSWORD_HASHERS:
        yield from unless(
            name.rpartition(".")[2].startswith(SLOW),
            _("Passwords are hashed so that they can be guessed fast: %s.") % name,
            _("Leave PASSWORD_HASHERS as Django has it."),
        )


@deploy_check(24)
def passwords_are_judged():
    names = [row["NAME"].rpartition(".")[2] for row in settings.AUTH_PASSWORD_VALIDATORS]
    for wanted in VALIDATORS:
        yield from unless(
            wanted in names,
            _("A rule for passwords is missing: %s.") % wanted,
            _("Restore AUTH_PASSWORD_VALIDATORS of config/settings/base.py."),
        )


@deploy_check(25)
def sessions_and_links_end():
    ceilings = {"SESSION_IDLE": timedelta(minutes=30), "SESSION_AGE": timedelta(hours=12),
                "ACTIVATION_AGE": timedelta(hours=72)}  # fmt: skip
    for name, ceiling in ceilings.items():
        yield from unless(
            timedelta(0) < getattr(settings, name) <= ceiling,
            _("%s is too long.") % name,
            _("Set it to at most %s.") % ceiling,
        )


@deploy_check(26)
def guessing_is_slowed_down():
    for kind in Kind.values:
        most, within = settings.LIMITS.get(kind, (0, timedelta(0)))
        allowed, span = CEILINGS[kind]
        yield from unless(
            0 < most <= allowed and within >= span,
            _("The limit for “%s” is missing or too wide.") % kind,
            _("Allow at most %(most)s within %(span)s.") % {"most": allowed, "span": span},
        )


@deploy_check(28)
def one_way_to_sign_in():
    yield from unless(
        settings.AUTHENTICATION_BACKENDS == ["committees.signin.backends.AccountBackend"],
        _("There is another way to sign in, which counts no tries."),
        _("Leave AUTHENTICATION_BACKENDS as it is."),
    )
