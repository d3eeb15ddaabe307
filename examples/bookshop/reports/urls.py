from django.urls import path

from . import views

app_name = "reports"

urlpatterns = [
    path("", views.Overview.as_view(), name="overview"),
    path("books.csv", views.books_csv, name="books_csv"),
    path("price-list.pdf", views.price_list, name="price_list"),
    path("stock.txt", views.stock_stream, name="stock"),
    path("royalties/", views.royalties, name="royalties"),
    path("margins/", views.margins, name="margins"),
    path("takings/", views.takings, name="takings"),
]
