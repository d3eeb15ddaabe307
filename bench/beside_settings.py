"""The example project with one of the tools that the recorder is measured beside."""

import os

from bookshop.settings import *  # noqa: F403
from bookshop.settings import INSTALLED_APPS, MIDDLEWARE

BESIDE = os.environ["BENCH_BESIDE"]
ROOT_URLCONF = "beside_urls"

if BESIDE == "toolbar":
    INSTALLED_APPS = [*INSTALLED_APPS, "debug_toolbar"]
    MIDDLEWARE = ["debug_toolbar.middleware.DebugToolbarMiddleware", *MIDDLEWARE]
    INTERNAL_IPS = ["127.0.0.1"]
elif BESIDE == "silk":
    INSTALLED_APPS = [*INSTALLED_APPS, "silk"]
    MIDDLEWARE = ["silk.middleware.SilkyMiddleware", *MIDDLEWARE]
elif BESIDE == "kolo":
    MIDDLEWARE = ["kolo.middleware.KoloMiddleware", *MIDDLEWARE]
