import views

from django.urls import path, re_path

urlpatterns = [path("orders/<slug:code>/", views.index, name="order"), re_path(r"^x/(?P<n>[0-9]+)$", views.other)]
