SECRET_KEY = "x"
ROOT_URLCONF = "project.urls"
INSTALLED_APPS = ["django.contrib.contenttypes"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
