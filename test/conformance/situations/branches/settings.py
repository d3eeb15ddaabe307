import os

DEBUG = os.environ.get("DEBUG") == "1"
FEATURES = [name for name in os.environ.get("FEATURES", "").split(",") if name]
TIER = os.environ.get("TIER", "free")
PREFIX = os.environ.get("PREFIX", "")
SECRET_KEY = "unsafe"
USE_TZ = True
ALLOWED_HOSTS = ["*"]
MEDIA_URL = "/media/"
MEDIA_ROOT = "/srv/media"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth"]
MIDDLEWARE = [
    *(["middleware.Timing"] if DEBUG else ["middleware.Quiet"]),
    "django.middleware.common.CommonMiddleware",
]
ROOT_URLCONF = "urls_silver" if TIER == "silver" else "urls"

if TIER == "none":
    raise ValueError("no such tier")

if "metrics" in FEATURES:
    MIDDLEWARE += ["middleware.Metrics"]
elif not DEBUG:
    MIDDLEWARE.insert(0, "middleware.Plain")

if TIER == "gold":
    MIDDLEWARE.append("middleware.Gold")
elif TIER in ("silver", "bronze"):
    MIDDLEWARE.append("middleware.Silver")

MIDDLEWARE += [name for name in ("middleware.Paid", "middleware.Tried") if TIER == "gold" or name.endswith("Tried")]

try:
    import no_such_toolbar

    MIDDLEWARE.append(no_such_toolbar.NAME)
except ImportError:
    MIDDLEWARE.append("middleware.Bare")

for name in FEATURES:
    if name == "shop":
        INSTALLED_APPS.append("django.contrib.sessions")
