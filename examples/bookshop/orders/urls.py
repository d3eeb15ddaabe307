from django.urls import path

from . import views

app_name = "orders"

urlpatterns = [
    path("", views.BasketView.as_view(), name="basket"),
    path("add/<slug:slug>/", views.add, name="add"),
    path("remove/<slug:slug>/", views.remove, name="remove"),
    path("checkout/", views.checkout, name="checkout"),
]
