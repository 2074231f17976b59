"""What holds everywhere. What differs stands in dev.py, test.py and prod.py."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from config.databases import database
from config.env import ENV

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = ENV.data_dir or BASE_DIR / "var"

DEBUG = False
ALLOWED_HOSTS = list(ENV.allowed_hosts)
CSRF_TRUSTED_ORIGINS = list(ENV.trusted_origins)
PROXIES = ENV.proxies
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "consultations",
    "committees",
    "config.checks",
    # Without autodiscovery: consultations.admin.site names what it shows.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # `manage.py runserver` serves static files the way the application server does.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "rest_framework",
    "simple_history",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    # Those that add headers stand first, so that every answer carries them, refusals and static
    # files included.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.permissions_policy",
    "config.middleware.errors_unkept",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.InputSanity",
    "config.middleware.known_origin",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "committees.signin.middleware.grants_read_once",
    "committees.signin.middleware.SessionRules",
    "committees.signin.turned_away.turned_away_told",
    "config.sent_once.OneTimeKeys",
    "simple_history.middleware.HistoryRequestMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            # {% csrf_token %} of every form draws a one-time key as well.
            "builtins": ["consultations.templatetags.one_time_key"],
        },
    }
]

# --- Data -------------------------------------------------------------------------------------
DATABASES = {"default": database(ENV.database_url, data_dir=DATA_DIR)}
# Rendered public pages, in each process for itself: they are found again by a stamp of the records.
PAGES = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "pages",
    "OPTIONS": {"MAX_ENTRIES": 256},
}
KEEP_PAGES = 20  # seconds; 0 renders each of them anew
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": PAGES,
}
# Uploaded files are private: no URL leads here, a view hands them out after asking who is there.
MEDIA_ROOT = DATA_DIR / "files"
MEDIA_URL = ""
# Bodies without files, and the fields of one form: the grid of items and tasks has the most.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# Below this, /readyz says no: a full disk must be seen before a write fails.
READY_MIN_FREE_BYTES = 200 * 1024 * 1024
# seed_demo refuses where this is False.
DEMO_DATA_ALLOWED = True

# --- Static files -----------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Language and time ------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- People -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "committees.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
AUTHENTICATION_BACKENDS = ["committees.signin.backends.AccountBackend"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "display_name", "email"]},
    },
    {"NAME": "committees.passwords.LongEnough", "OPTIONS": {"least": 10, "administrators": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
    {"NAME": "committees.passwords.NoWordOfThePlace"},
    {"NAME": "committees.passwords.NotUsedBefore", "OPTIONS": {"last": 5}},
]
# How many within which time, for one account or one network (an IPv6 network is a /64):
# committees.services.limits counts them. The deploy check allows no wider ones.
LIMITS = {
    "account": (8, timedelta(minutes=15)),  # wrong passwords and codes
    "address": (30, timedelta(minutes=15)),  # the same from one network, whatever the account
    "proposal": (5, timedelta(hours=1)),  # topics of residents; one sent twice counts once
    "tracking": (60, timedelta(hours=1)),  # query codes
    "link": (30, timedelta(hours=1)),  # wrong links of supervisors and of accounts
    "supervising": (60, timedelta(hours=1)),  # what supervisors send
    "api": (60, timedelta(minutes=1)),  # calls of the interface for machines
    "export": (20, timedelta(hours=1)),  # lists written out, for one account
}
ACTIVATION_AGE = timedelta(hours=72)  # of a one-time link
SESSION_IDLE = timedelta(minutes=30)
SESSION_AGE = timedelta(hours=12)
SESSIONS_AT_ONCE = 5  # of one account; with one more the oldest ends
SESSION_WARNING = timedelta(minutes=3)  # so long before the end the page says so
# An hour longer than the session itself, so that the end of it can be told from a stranger.
SESSION_COOKIE_AGE = 13 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

ACCOUNT_ADAPTER = "committees.signin.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True  # until SESSION_AGE; the middleware ends it
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_RATE_LIMITS = False  # committees.services.limits counts, for all doors together
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_ADAPTER = "committees.signin.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "同心圆"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody needs an address

# --- Jobs and mail ----------------------------------------------------------------------------
# What takes long or leaves the process is a row in the database, done by `manage.py db_worker`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# Without it nothing is written for the mail: notices stand in the inbox alone.
MAIL_ON = True
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = ENV.mail_from or "tongxinyuan@localhost"
# What links in letters begin with.
SITE_URL = ENV.site_url or "http://127.0.0.1:8000"
DIGEST_HOUR = 8  # of a working day

# --- What a browser may do --------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- API --------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.api.BoundedJSONParser"],
    "DEFAULT_PERMISSION_CLASSES": ["config.api.ReadOnly"],
    "DEFAULT_THROTTLE_CLASSES": ["config.api.ByNetwork"],
    # What is public is the same for everyone; an endpoint that needs a person says so.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination",
    "PAGE_SIZE": 20,
}

# --- Log --------------------------------------------------------------------------------------
# To the console only, and never by mail: a mailed error report carries what people typed. Numbers of
# people and addresses that are keys are masked.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.logs.Masked",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": ENV.log_level},
    "loggers": {"django": {"handlers": [], "level": "NOTSET", "propagate": True}},
}
