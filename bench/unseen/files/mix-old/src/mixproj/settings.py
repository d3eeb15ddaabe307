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
    "rest_auth",
    "drf_yasg",
    "rest_framework_nested",
    "django_filters",
    "debug_toolbar",
    "rosetta",
    "oauth2_provider",
    "hijack",
    "wiki",
    "wiki.plugins.attachments",
    "wiki.plugins.globalhistory",
    "wiki.plugins.help",
    "wiki.plugins.images",
    "wiki.plugins.links",
    "wiki.plugins.macros",
    "wiki.plugins.redlinks",
    "tastypie",
    "registration",
    "admin_tools",
    "admin_tools.dashboard",
    "admin_tools.menu",
    "admin_tools.theming",
    "grappelli",
    "grappelli.dashboard",
    "filebrowser",
    "reversion",
    "captcha",
    "machina",
    "machina.apps.forum_feeds",
    "machina.apps.forum_moderation",
    "machina.apps.forum_permission",
    "machina.apps.forum_search",
    "machina.core.db",
    "machina.apps.forum_conversation.forum_attachments",
    "machina.apps.forum_conversation.forum_polls",
    "postman",
    "photologue",
    "jet",
    "suit",
    "django_summernote",
    "watson",
    "menus",
    "cms.publisher",
    "river",
    "fiber",
    "django_pyodbc",
    "rest_framework_extensions",
    "rest_framework_json_api",
    "rest_framework_swagger",
    "djoser",
    "social_django",
    "two_factor",
    "waffle",
    "adminplus",
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
