from django.urls import path, re_path

from . import views

app_name = "inner"
urlpatterns = [
    path("year/<year:year>/", views.year, name="year"),
    re_path(r"^word/(?P<word>\w+)/$", views.Words.as_view(), name="word"),
]
