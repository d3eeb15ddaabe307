from django.urls import path, re_path

from . import (
    converters,  # noqa: F401  (registers isbn and yyyy)
    views,
)

app_name = "catalog"

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("books/", views.BookList.as_view(), name="books"),
    path("books/published/<yyyy:year>/", views.published_in, name="published"),
    path("books/<slug:slug>/", views.BookDetail.as_view(), name="book"),
    path("books/<slug:slug>/review/", views.ReviewCreate.as_view(), name="review"),
    path("books/<slug:slug>/sample/", views.sample, name="sample"),
    path("genres/<slug:slug>/", views.BookList.as_view(), name="genre"),
    path("isbn/<isbn:isbn>/", views.by_isbn, name="isbn"),
    re_path(r"^authors/(?P<slug>[-\w]+)/$", views.AuthorDetail.as_view(), name="author"),
]
