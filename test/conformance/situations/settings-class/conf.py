from configurations import Configuration, values


class Base(Configuration):
    SECRET_KEY = values.Value("unsafe")
    ROOT_URLCONF = "urls"
    DEBUG = values.BooleanValue(False)
    FEATURES = values.ListValue([])
    MIDDLEWARE = values.ListValue(["django.middleware.common.CommonMiddleware"])
    EXTRA_APPS = []

    @property
    def INSTALLED_APPS(self):
        return ["django.contrib.contenttypes", "django.contrib.auth", *self.EXTRA_APPS]


class Dev(Base):
    DEBUG = True
    EXTRA_APPS = ["django.contrib.admin", "django.contrib.messages", "django.contrib.sessions"]
    TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"context_processors": []}}]

    @classmethod
    def post_setup(cls):
        super().post_setup()
        cls.MIDDLEWARE = [*cls.MIDDLEWARE]


class Prod(Base):
    ROOT_URLCONF = "nowhere"
