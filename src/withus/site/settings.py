"""One file of settings. Everything an installation may change is read through env.py and described in docs/run/settings.md."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from withus.people import keys
from withus.site import env

PACKAGE = Path(__file__).resolve().parent.parent

WITHUS_DATA = env.folder("WITHUS_DATA", Path("data"))
WITHUS_ADDRESS = env.public_address("WITHUS_ADDRESS", "http://127.0.0.1:8000")
WITHUS_PROXIES = env.words("WITHUS_PROXIES")
WITHUS_DEMO = env.flag("WITHUS_DEMO")
WITHUS_LAN = env.flag("WITHUS_LAN")
WITHUS_MINILM = env.flag("WITHUS_MINILM")
WITHUS_NUMBERS = env.text("WITHUS_NUMBERS")
try:
    WITHUS_VERSION = version("withus")
except PackageNotFoundError:  # a checkout that is on the path but not installed
    WITHUS_VERSION = "0.1.0"

keys.ensure(WITHUS_DATA, may_make=not (WITHUS_DATA / "version").exists())
SECRET_KEY = keys.read(WITHUS_DATA, "django")

_HTTPS = urlsplit(WITHUS_ADDRESS).scheme == "https"
DEBUG = False
ALLOWED_HOSTS = [urlsplit(WITHUS_ADDRESS).hostname or "", *env.words("WITHUS_HOSTS")]
if not _HTTPS:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [WITHUS_ADDRESS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "withus.ui",
    "withus.accounts",  # before allauth: our sign-in pages are found first
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "withus.projects",
    "withus.record",
    "withus.people",
    "withus.findings",
    "withus.post",
    "withus.charter",
    "withus.table",
    "withus.plan",
    "withus.live",
    "withus.loop",
    "withus.reports",
    "withus.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "withus.site.headers.headers",
    "withus.site.squeeze.squeeze",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "withus.site.typed.without_nul",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

FORM_RENDERER = "withus.ui.renderer.Renderer"
ROOT_URLCONF = "withus.site.urls"
WSGI_APPLICATION = None
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "withus.site.context.site",
            ],
            "libraries": {"i18n": "withus.ui.translating"},
            "builtins": [
                "withus.ui.translating",
                "django.templatetags.static",
                "withus.ui.templatetags.ui",
                "withus.ui.kept",
                "withus.ui.blocks",
            ],
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL", WITHUS_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

AUTH_USER_MODEL = "accounts.Staff"
AUTHENTICATION_BACKENDS = [
    "sesame.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/projects"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
"""Whoever has no account here is sent nothing, however often somebody types their address."""
ACCOUNT_ADAPTER = "withus.accounts.adapter.Adapter"
ACCOUNT_FORMS = {"login": "withus.accounts.forms.SignInForm"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["webauthn", "recovery_codes"] if _HTTPS else []
MFA_PASSKEY_LOGIN_ENABLED = _HTTPS
SESAME_MAX_AGE = 3 * 24 * 60 * 60
SESAME_ONE_TIME = True

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_NAME = "__Host-staff" if _HTTPS else "staff"
CSRF_COOKIE_NAME = "__Host-form" if _HTTPS else "form"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "withus.site.errors.csrf_failure"
LANGUAGE_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if _HTTPS else None
X_FRAME_OPTIONS = "DENY"

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "ui" / "built", ("deck/starter", PACKAGE / "methods" / "decks" / "starter")]
STATIC_ROOT = WITHUS_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "withus.site.assets.Assets"},
}
WHITENOISE_USE_FINDERS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
MEDIA_ROOT = WITHUS_DATA / "media"

EMAIL_HOST = env.text("WITHUS_SMTP_HOST")
EMAIL_PORT = env.whole_number("WITHUS_SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("WITHUS_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("WITHUS_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("WITHUS_SMTP_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("WITHUS_MAIL_FROM", "withus@localhost")
WITHUS_MAIL_REPLY_TO = env.text("WITHUS_MAIL_REPLY_TO")
WITHUS_MAIL_DOMAIN = env.mail_domain(DEFAULT_FROM_EMAIL)
WITHUS_MAIL_PROVIDER = env.text("WITHUS_MAIL_PROVIDER")
WITHUS_MAIL_WEBHOOK_SECRET = env.text("WITHUS_MAIL_WEBHOOK_SECRET")
if WITHUS_MAIL_PROVIDER:
    ANYMAIL = {
        "IGNORE_UNSUPPORTED_FEATURES": True,  # some know no metadata; a mail without them is better than none
        **env.beginning("WITHUS_ANYMAIL_"),
        "WEBHOOK_SECRET": WITHUS_MAIL_WEBHOOK_SECRET,
    }
    INSTALLED_APPS += ["anymail"]
    EMAIL_BACKEND = f"anymail.backends.{WITHUS_MAIL_PROVIDER}.EmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "withus.post.mailbox.Mailbox"
WITHUS_NOTIFY_KEY = env.text("WITHUS_NOTIFY_KEY")
WITHUS_NOTIFY_ADDRESS = env.text("WITHUS_NOTIFY_ADDRESS", "https://api.notifications.service.gov.uk")
WITHUS_NOTIFY_TEXT = env.text("WITHUS_NOTIFY_TEXT_TEMPLATE")
WITHUS_NOTIFY_LETTER = env.text("WITHUS_NOTIFY_LETTER_TEMPLATE")

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_secrets": {"()": "withus.site.without_secrets.WithoutSecrets"}},
    "formatters": {"without_words": {"()": "withus.site.without_secrets.WithoutWords"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["without_secrets"],
            "formatter": "without_words",
        },
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        # Whoever looks for open servers asks by number or by another's name, all day long: 400 is the answer, not a traceback.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}
SILENCED_SYSTEM_CHECKS = ["templates.W003"]
"""Two libraries named `i18n`: withus.ui.translating stands in for Django's on purpose, and a test sees that it is the only one."""
