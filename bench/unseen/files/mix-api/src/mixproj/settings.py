"""A settings module with many third-party apps."""

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = "not secret"
DEBUG = True
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.admindocs",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.flatpages",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "rest_framework",
    "rest_framework.authtoken",
    "rest_framework_nested",
    "drf_spectacular",
    "djoser.webauthn",
    "dj_rest_auth",
    "dj_rest_auth.mfa",
    "rest_framework_simplejwt",
    "rest_framework_simplejwt.token_blacklist",
    "knox",
    "rest_framework_extensions",
    "drf_yasg",
    "rest_framework_json_api",
    "django_rest_passwordreset",
    "ninja_extra",
    "ninja_extra.ordering",
    "ninja_extra.pagination",
    "ninja_extra.searching",
    "ninja_jwt",
    "oauth2_provider",
    "tastypie",
    "django_filters",
    "benchmarks",
    "dynamic_rest",
    "durin",
    "drf_social_oauth2",
    "rest_framework_social_oauth2",
    "push_notifications",
    "webpush",
    "rest_registration",
    "rest_registration.contrib.verification_redirects",
    "auth_kit",
    "auth_kit.mfa",
    "rest_framework_api_key",
    "drf_standardized_errors",
    "url_filter",
    "generic_relations",
    "rest_flex_fields",
    "rest_access_policy",
    "rest_framework_guardian",
    "allauth",
    "allauth.headless",
    "allauth.socialaccount",
    "allauth.usersessions",
    "allauth.idp.oidc",
    "allauth.socialaccount.providers.asana",
    "allauth.socialaccount.providers.battlenet",
    "allauth.socialaccount.providers.dataporten",
    "allauth.socialaccount.providers.daum",
    "allauth.socialaccount.providers.dwolla",
    "allauth.socialaccount.providers.fivehundredpx",
    "allauth.socialaccount.providers.fxa",
    "djstripe",
    "social_django",
    "mozilla_django_oidc",
    "django_auth_adfs",
    "djangosaml2",
    "django_cas_ng",
    "health_check",
    "django_prometheus",
    "watchman",
    "silk",
    "debug_toolbar",
    "explorer",
    "explorer.assistant",
    "explorer.ee.db_connections",
    "django_js_reverse",
    "channels",
    "django_eventstream",
    "django_sse",
    "drf_spectacular_sidecar",
    "django_hosts",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "mixproj.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
WSGI_APPLICATION = "mixproj.wsgi.application"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}
LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", "English"), ("de", "German"), ("fr", "French")]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = BASE_DIR / "media"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1
INTERNAL_IPS = ["127.0.0.1"]
SILENCED_SYSTEM_CHECKS = []
EXTRA = {}
try:
    from .extra_settings import *
except ImportError:
    pass
