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
    "two_factor",
    "two_factor.plugins.phonenumber",
    "hijack",
    "hijack.contrib.admin",
    "import_export",
    "rosetta",
    "django_q",
    "constance",
    "waffle",
    "axes",
    "simple_history",
    "polymorphic",
    "mptt",
    "guardian",
    "reversion",
    "django_ckeditor_5",
    "tinymce",
    "django_summernote",
    "dal_alight",
    "dal_select2",
    "django_select2",
    "jazzmin",
    "captcha",
    "invitations",
    "avatar",
    "django_contact_form",
    "django_registration",
    "taggit",
    "django_comments",
    "newsletter",
    "actstream",
    "schedule",
    "photologue",
    "sorl.thumbnail",
    "easy_thumbnails",
    "treebeard",
    "django_su",
    "impersonate",
    "loginas",
    "robots",
    "sitetree",
    "private_storage",
    "django_downloadview",
    "cookie_consent",
    "django_rq",
    "django_celery_beat",
    "django_celery_results",
    "lockdown",
    "maintenance_mode",
    "django_unicorn",
    "viewflow",
    "viewflow.workflow",
    "viewflow.contrib.admin",
    "helpdesk",
    "machina",
    "machina.apps.forum_feeds",
    "machina.apps.forum_moderation",
    "machina.apps.forum_permission",
    "machina.apps.forum_search",
    "machina.core.db",
    "machina.apps.forum_conversation.forum_attachments",
    "machina.apps.forum_conversation.forum_polls",
    "wiki",
    "wiki.plugins.attachments",
    "wiki.plugins.editsection",
    "wiki.plugins.globalhistory",
    "wiki.plugins.help",
    "wiki.plugins.images",
    "wiki.plugins.links",
    "wiki.plugins.macros",
    "wiki.plugins.pymdown",
    "wiki.plugins.redlinks",
    "formtools",
    "fobi",
    "fobi.integration",
    "fobi.contrib.apps.drf_integration",
    "fobi.contrib.apps.feincms_integration",
    "fobi.contrib.themes.bootstrap3",
    "fobi.contrib.themes.djangocms_admin_style_theme",
    "fobi.contrib.themes.foundation5",
    "fobi.contrib.themes.simple",
    "fobi.contrib.plugins.form_handlers.db_store",
    "fobi.contrib.plugins.form_handlers.http_repost",
    "fobi.contrib.plugins.form_handlers.mail",
    "hordak",
    "django_ledger",
    "menus",
    "djangocms_text",
    "django_otp",
    "django_otp.plugins.otp_email",
    "django_otp.plugins.otp_hotp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "auditlog",
    "adminsortable2",
    "nested_admin",
    "grappelli",
    "grappelli.dashboard",
    "smart_selects",
    "dbbackup",
    "organizations",
    "groups_manager",
    "django_tables2",
    "crispy_forms",
    "postman",
    "user_sessions",
    "qinspect",
    "pwa",
    "django_htmx",
    "livereload",
    "django_browser_reload",
    "sesame",
    "django_distill",
    "django_mailbox",
    "anymail",
    "django_ses",
    "fsm_admin",
    "baton",
    "rangefilter",
    "location_field",
    "markdownx",
    "martor",
    "mdeditor",
    "django_plotly_dash",
    "comment",
    "hitcount",
    "vote",
    "star_ratings",
    "likes",
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
