import views
from django.conf import settings

from django.urls import include, path

pages = [path("silver/", views.index, name="silver")]
urlpatterns = [path(settings.PREFIX, include(pages))] if settings.PREFIX else pages
