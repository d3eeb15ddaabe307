import logging

from django.urls import include, path
from project.apps_to_mount import APPS, NAMED

logging.Logger.trace = lambda self, message: message
logger = logging.getLogger(__name__)

urlpatterns = [
    path(app.urls.path, include((app.urls.module, "blog"), namespace=app.urls.namespace)) for app in APPS if app.urls
]
urlpatterns += [
    path(logger.trace(app.urls.path), include(app.urls.module, namespace=name)) for name, app in NAMED.items()
]
