import views

from django.urls import path

urlpatterns = [path("debug/sql/", views.other, name="sql")]
