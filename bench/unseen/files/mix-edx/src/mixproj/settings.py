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
    "organizations",
    "edxsearch",
    "edx_when",
    "submissions",
    "completion",
    "csrf",
    "openedx_content",
    "openedx_tagging",
    "openedx_content.applets.backup_restore",
    "openedx_content.applets.collections",
    "openedx_content.applets.components",
    "openedx_content.applets.contents",
    "openedx_content.applets.publishing",
    "openedx_content.applets.sections",
    "openedx_content.applets.subsections",
    "openedx_content.applets.units",
    "openedx_content.backcompat.backup_restore",
    "openedx_content.backcompat.collections",
    "openedx_content.backcompat.components",
    "openedx_content.backcompat.contents",
    "openedx_content.backcompat.publishing",
    "openedx_content.backcompat.sections",
    "openedx_content.backcompat.subsections",
    "openedx_content.backcompat.units",
    "openedx_events",
    "edx_toggles",
    "edx_rbac",
    "super_csv",
    "enterprise_learner_portal",
    "enterprise.config",
    "edx_ace",
    "celery_utils",
    "milestones",
    "notices",
    "event_routing_backends",
    "eventtracking.django",
    "edx_name_affirmation",
    "bulk_grades",
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
