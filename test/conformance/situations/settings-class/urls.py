import views
from django.conf import settings
from django.contrib import admin

from django.urls import path

urlpatterns = [path(f"{feature}/", views.index, name=feature) for feature in settings.FEATURES]
if settings.DEBUG:
    urlpatterns.append(path("debug/", views.other))
urlpatterns.append(path("admin/", admin.site.urls))
