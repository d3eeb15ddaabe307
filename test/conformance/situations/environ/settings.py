from pathlib import Path

import environ

env = environ.Env(DEBUG=(bool, False), LEVELS=(list, []), LIMITS=(dict, {}))
environ.Env.read_env(Path(__file__).parent / ".env")

SECRET_KEY = env("SECRET_KEY")
DEBUG = env("DEBUG")
ROOT_URLCONF = env.str("URLCONF", default="urls")
PREFIX = env("PREFIX")
LEVELS = env.list("LEVELS", cast=int)
LIMITS = env.dict("LIMITS")
HOME = env.url("HOME_PAGE").path
DATABASES = {"default": env.db("DATABASE_URL", default="sqlite:///:memory:")}
MIDDLEWARE = ["django.middleware.common.CommonMiddleware", *env.list("MORE_MIDDLEWARE")]
