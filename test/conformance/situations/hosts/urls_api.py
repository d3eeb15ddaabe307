import views

from django.urls import include, path

urlpatterns = [path("v1/", include(([path("items/<int:pk>/", views.other, name="item")], "v1")))]
