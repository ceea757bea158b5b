"""Django's settings, from the configuration of the operator."""

from __future__ import annotations

import os
from pathlib import Path

from rexian import __version__
from rexian.site.configuration import read_configuration

CONFIGURATION = read_configuration(os.environ)

VERSION = __version__
DEBUG = False
# Without a secret nothing is signed: `rexian serve` sees to it that there is one, or says so.
SECRET_KEY = CONFIGURATION.secret or (
    CONFIGURATION.secret_file.read_text("ascii").strip()
    if CONFIGURATION.secret_file.is_file()
    else ""
)

_PUBLIC = CONFIGURATION.public_url
_LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [*_LOOPBACK, _PUBLIC.hostname or ""]
CSRF_TRUSTED_ORIGINS = [f"{_PUBLIC.scheme}://{_PUBLIC.netloc}"]
SECURE = _PUBLIC.scheme == "https"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "rexian.journal",
    "rexian.clockwork",
    "rexian.org",
    "rexian.notices",
    "rexian.places",
    "rexian.knowledge",
    "rexian.standard",
    "rexian.contacts",
    "rexian.cases",
    "rexian.callbacks",
    "rexian.dialogue",
    "rexian.speech",
    "rexian.quality",
    "rexian.reports",
    "rexian.look",
    "rexian.live",
    "rexian.account",
    "rexian.console",
    "rexian.desk",
    "rexian.portal",
    "rexian.field",
    "rexian.rest",
]

MIDDLEWARE = [
    "rexian.site.middleware.RequestMiddleware",
    "rexian.site.observation.ObservationMiddleware",
    "rexian.site.static.StaticMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "rexian.account.middleware.PersonMiddleware",
    "rexian.site.middleware.ErrorMiddleware",
]

ROOT_URLCONF = "rexian.site.urls"
WSGI_APPLICATION = "rexian.site.wsgi.application"
ASGI_APPLICATION = "rexian.site.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            Path(__file__).parents[1] / face / "templates"
            for face in ("look", "account", "console", "desk", "portal", "field", "rest", "site")
        ],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "rexian.look.environment.environment",
            "context_processors": ["rexian.look.environment.page_values"],
        },
    }
]

DATABASES = {"default": {**CONFIGURATION.database, "CONN_MAX_AGE": 0}}
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # Tests with threads and processes need a file, not Django's usual database in memory.
    DATABASES["default"]["TEST"] = {"NAME": str(CONFIGURATION.home / "tests.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "org.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 3600

SESSION_ENGINE = "rexian.site.sessions"
SESSION_COOKIE_NAME = "rexian_session"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "rexian_csrf"
CSRF_FAILURE_VIEW = "rexian.site.failures.forged"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
# What the offline report and the console share lies with the report, which knows no Django.
STATICFILES_DIRS = [Path(__file__).parents[1] / "reports/inspection/html/assets/shared"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "rexian.site.static.StaticStorage"},
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 200

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if CONFIGURATION.mail
    else "django.core.mail.backends.dummy.EmailBackend"
)
if CONFIGURATION.mail:
    EMAIL_HOST = CONFIGURATION.mail.hostname
    EMAIL_USE_SSL = CONFIGURATION.mail.scheme == "smtps"
    EMAIL_USE_TLS = CONFIGURATION.mail.scheme == "smtp+starttls"
    EMAIL_PORT = CONFIGURATION.mail.port or (465 if EMAIL_USE_SSL else 587)
    EMAIL_HOST_USER = CONFIGURATION.mail.username or ""
    EMAIL_HOST_PASSWORD = CONFIGURATION.mail.password or ""
    EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = CONFIGURATION.mail_from

# Whoever starts a server says how it logs (rexian.site.logs); commands and tests need none of it.
LOGGING_CONFIG = None
