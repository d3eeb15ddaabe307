from bookshop.urls import *  # noqa: F403
from bookshop.urls import urlpatterns
from django.conf import settings

from django.urls import include, path

if settings.BESIDE == "toolbar":
    urlpatterns = [*urlpatterns, path("__debug__/", include("debug_toolbar.urls"))]
elif settings.BESIDE == "silk":
    urlpatterns = [*urlpatterns, path("silk/", include("silk.urls", namespace="silk"))]
