import views
from django.conf import settings

from django.urls import path

urlpatterns = [path(f"{settings.PREFIX}/", views.index, name="prefix"), path(settings.HOME.lstrip("/"), views.index)]
urlpatterns += [path(f"level/{level + 1}/", views.other, name=f"level-{level}") for level in settings.LEVELS]
urlpatterns += [path(f"{name}/{limit}/", views.other) for name, limit in settings.LIMITS.items()]
if settings.DEBUG:
    urlpatterns.append(path("debug/", views.other))
