import os

from common_settings import *  # noqa: F403
from common_settings import DATA, INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "oddities"]
MIDDLEWARE = ["oddities.middleware.Counting", "oddities.middleware.plain", *MIDDLEWARE, "oddities.middleware.Planting"]
ROOT_URLCONF = "oddities.urls"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
LANGUAGES = [("en", "English"), ("fr", "French")]

# Planted for the grep of everything that is written (see leaks.py).
PLANT = os.environ.get("PROOF_PLANT", "none")
# Secret by their shape, whatever their name.
WHO_AM_I = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.shape-jwt-" + PLANT
WHO_SIGNS = "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49shapepem" + PLANT + "\n-----END PRIVATE KEY-----\n"
PAYMENT_API_KEY = "settings-key-" + PLANT
EMAIL_HOST_PASSWORD = "settings-password-" + PLANT
STORAGE = {"bucket": "covers", "options": {"secret_access_key": "settings-nested-" + PLANT}}
SECRET_KEY = "settings-secret-key-" + PLANT

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"file": {"class": "logging.FileHandler", "filename": str(DATA / "site.log"), "delay": True}},
    "loggers": {"oddities": {"handlers": ["file"], "level": "DEBUG"}},
}
if os.environ.get("PROOF_SITE_CLOCK"):
    # A wall clock that jumps a day back at every tenth look, and forward again.
    import itertools
    import time

    def jumping(real, unit):
        looks = itertools.count()
        return lambda: real() - (unit if next(looks) % 20 >= 10 else 0)

    time.time = jumping(time.time, 86400.0)
    time.time_ns = jumping(time.time_ns, 86400 * 10**9)
