"""Every setting of the server, read once from the environment; without any, the embedded default."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("EXAMSERVER_DATA", BASE_DIR / "var")).resolve()
DATA_DIR.joinpath("static").mkdir(parents=True, exist_ok=True)
os.environ.setdefault("EXAMSERVER_MODELS", str(DATA_DIR / "models"))


def _kept(variable: str, name: str) -> str:
    """A secret of the venue: from the environment, else made once and kept in the data folder."""
    if given := os.environ.get(variable):
        return given
    path = DATA_DIR / name
    if not path.exists():
        made = DATA_DIR / f".{name}.{secrets.token_hex(8)}"
        with os.fdopen(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):  # two servers may begin together: the first one's whole file counts
            os.link(made, path)
        made.unlink()
    return path.read_text()


def _sqlite(path: str) -> dict[str, Any]:
    """An answer is acknowledged after its commit, so a commit must reach the disk: WAL with FULL."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "CONN_MAX_AGE": None,  # opening one, pragmas and all, costs a socket more than what it asks
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def database(url: str) -> dict[str, Any]:
    """`sqlite:PATH` or `postgresql://user:password@host:port/name?host=SOCKET_DIR` as Django wants it."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(parts.path or str(DATA_DIR / "examserver.sqlite3"))
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError(f"EXAMSERVER_DATABASE: unknown scheme {parts.scheme!r}")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
    }


_MAIL_SECURITY = {"smtp": (False, False), "smtp+starttls": (True, False), "smtps": (False, True)}


def mail(url: str) -> dict[str, Any]:
    """`smtp://user:password@host:port`, `smtp+starttls://…` or `smtps://…` as Django wants it; empty: files."""
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(DATA_DIR / "mail"),
        }
    parts = urlsplit(url)
    if parts.scheme not in _MAIL_SECURITY or not parts.hostname:
        raise ValueError("EXAMSERVER_MAIL: smtp://, smtp+starttls:// or smtps:// with a host")
    starttls, tls = _MAIL_SECURITY[parts.scheme]
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if tls else 587 if starttls else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": starttls,
        "EMAIL_USE_SSL": tls,
    }


SECRET_KEY = _kept("EXAMSERVER_SECRET_KEY", "secret_key")
SEAL_KEY = _kept("EXAMSERVER_SEAL_KEY", "seal_key")  # seals papers until their start: keep a copy
PERSON_KEY = _kept("EXAMSERVER_PERSON_KEY", "person_key")  # ID numbers are stored under it: keep a copy
DEBUG = False
ALLOWED_HOSTS = os.environ.get("EXAMSERVER_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("EXAMSERVER_ORIGINS", "").split(",") if origin]
SECURE_COOKIES = os.environ.get("EXAMSERVER_TLS", "") == "1"
if SECURE_COOKIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "examserver.kernel",
    "itembank",
    "examserver.people",
    "examserver.notifications",
    "examserver.registration",
    "examserver.delivery",
    "scoring",
    "examserver.invigilation",
    "examserver.results",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "examserver.people.middleware.ActorMiddleware",
    "examserver.kernel.middleware.AccessMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "examserver.urls"
ASGI_APPLICATION = "examserver.asgi.application"
ACCESS_TABLE = "examserver.access_table.TABLE"
QTI_KEY = "scoring.processing.dump_key"  # compiled above the bank that stores it

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "examserver" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": database(os.environ.get("EXAMSERVER_DATABASE", "sqlite:"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = os.environ.get("EXAMSERVER_REDIS", "")
if REDIS_URL:
    CHANNEL_LAYERS: dict[str, Any] = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL]},
        }
    }
    CACHES: dict[str, Any] = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
else:
    CHANNEL_LAYERS = {
        "default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 1000}}
    }
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},  # the default of 300 would forget half a venue's presence
        }
    }

# Frames and the incidents found in them travel here, never over the channel layer.
FRAME_BUS = os.environ.get("EXAMSERVER_BUS", f"shared:{DATA_DIR / 'bus'}")
EVIDENCE_DIR = Path(os.environ.get("EXAMSERVER_EVIDENCE", DATA_DIR / "evidence"))
VIRTUAL_CAMERAS = Path(
    os.environ.get(
        "EXAMSERVER_VIRTUAL_CAMERAS", BASE_DIR / "examserver" / "invigilation" / "virtual_cameras.json"
    )
)
EVIDENCE_QUOTA_MB = int(os.environ.get("EXAMSERVER_EVIDENCE_QUOTA_MB", "20000"))
EVIDENCE_FLOOR_MB = int(os.environ.get("EXAMSERVER_EVIDENCE_FLOOR_MB", "500"))  # stays free on its volume
EVIDENCE_RETENTION = Path(
    os.environ.get("EXAMSERVER_RETENTION", BASE_DIR / "examserver" / "invigilation" / "retention.toml")
)
UPLOAD_DIR = Path(os.environ.get("EXAMSERVER_UPLOADS", DATA_DIR / "uploads"))
PHOTO_DIR = Path(os.environ.get("EXAMSERVER_PHOTOS", DATA_DIR / "photos"))
MATERIAL_DIR = Path(os.environ.get("EXAMSERVER_MATERIALS", DATA_DIR / "materials"))

globals().update(mail(os.environ.get("EXAMSERVER_MAIL", "")))
EMAIL_TIMEOUT = 10  # seconds that a mail server may take for a step
DEFAULT_FROM_EMAIL = os.environ.get("EXAMSERVER_MAIL_FROM", "examserver@localhost")
PUBLIC_URL = os.environ.get("EXAMSERVER_PUBLIC_URL", "")  # e.g. https://exam.example.org, for links in mails

AUTH_USER_MODEL = "people.Staff"
LOGIN_URL = "staff_sign_in"
APPLICANT_LOGIN_URL = "applicant_sign_in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "media-src": ["'self'", "blob:"],
        "connect-src": ["'self'", "ws:", "wss:"],
        "frame-ancestors": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "examserver" / "locale"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = True
# Scripts that a page fetched while its candidate waited are not asked for again in the second of the start signal.
STATIC_AGE_SECONDS = WHITENOISE_MAX_AGE = 3600

# What the notice leaves open, each with the default of the requirements (part E).
LATE_CUTOFF_MINUTES = 30
HAND_IN_AFTER_MINUTES = int(os.environ.get("EXAMSERVER_HAND_IN_AFTER_MINUTES", "30"))
ANSWER_GRACE_SECONDS = 2
MIN_INVIGILATORS = 2
FRAME_INTERVAL_MS = int(os.environ.get("EXAMSERVER_FRAME_INTERVAL_MS", "500"))
REMINDER_COMPLY_SECONDS = 60
APPEAL_WINDOW_WORKDAYS = int(os.environ.get("EXAMSERVER_APPEAL_WINDOW_WORKDAYS", "5"))
LEAVE_LONGEST_MINUTES = 10
ITEM_APPROVALS = int(os.environ.get("EXAMSERVER_ITEM_APPROVALS", "2"))  # by people who are not its author
# The ways in (ONLINE, DESK, FILE) by which an application is approved without the signed original of its form.
FORM_ORIGINAL_WAIVED = frozenset(
    filter(None, os.environ.get("EXAMSERVER_FORM_ORIGINAL_WAIVED", "").split(","))
)
LEAVES_AT_ONCE = 1  # in a room; the chief may let one more go

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("EXAMSERVER_LOG", "INFO")},
    "loggers": {"daphne": {"level": "WARNING"}, "django.channels.server": {"level": "WARNING"}},
}
