SECRET_KEY = "unsafe"
ROOT_URLCONF = "nowhere"
INSTALLED_APPS = []
MIDDLEWARE = []

import dynaconf  # noqa: E402

settings = dynaconf.DjangoDynaconf(__name__)
