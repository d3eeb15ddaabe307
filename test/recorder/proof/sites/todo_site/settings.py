from common_settings import *  # noqa: F403
from common_settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.sites", "dal", "dal_select2", "todo"]
SITE_ID = 1
ROOT_URLCONF = "todo_site.urls"
TODO_STAFF_ONLY = False
TODO_DEFAULT_LIST_SLUG = "tickets"
TODO_PUBLIC_SUBMIT_REDIRECT = "/todo/"
