import importlib.util
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BASE_DIR = HERE
SECRET_KEY = "settings-secret-key-PLANTED-0"
DEBUG = "runserver" in sys.argv if "PROJECT_ASKS" in os.environ else os.environ.get("PROJECT_DEBUG", "1") == "1"
ALLOWED_HOSTS = ["localhost", "testserver", "127.0.0.1"]
ROOT_URLCONF = "project.urls"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "project.apps.ProjectConfig",
]
MIDDLEWARE = [
    "project.middleware.timing",
    "project.middleware.NotWanted",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "project.middleware.Gate",
    "project.middleware.Hooks",
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get(
            "PROJECT_DATABASE", os.path.join(tempfile.gettempdir(), "request-cycle-project.sqlite3")
        ),
    }
}
if os.environ.get("PROJECT_POSTGRES") and any(map(importlib.util.find_spec, ("psycopg", "psycopg2"))):
    # The folder of a cluster's socket.
    DATABASES["postgres"] = {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": os.environ["PROJECT_POSTGRES"],
        "NAME": "postgres",
        "USER": "postgres",
        "TEST": {"MIRROR": "default"},
    }
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [os.path.join(HERE, "templates")],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
if importlib.util.find_spec("jinja2"):
    TEMPLATES.append(
        {"BACKEND": "django.template.backends.jinja2.Jinja2", "DIRS": [os.path.join(HERE, "jinja2")], "NAME": "jinja2"}
    )
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_URL = "/static/"
STATICFILES_DIRS = [os.path.join(HERE, "static")]
USE_TZ = True
SERVICE_API_KEY = "settings-api-key-PLANTED-1"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"nowhere": {"class": "logging.NullHandler"}},
    "root": {"handlers": ["nowhere"], "level": "INFO"},
    "loggers": {"django": {"handlers": ["nowhere"], "level": "INFO", "propagate": False}},
}
