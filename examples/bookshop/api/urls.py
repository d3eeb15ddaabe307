from django.urls import path

from catalog import converters  # noqa: F401  (registers isbn)

from . import views

urlpatterns = [
    path("ping/", views.ping, name="ping"),
    path("books/", views.book_list, name="books"),
    path("books/<isbn:isbn>/", views.book, name="book"),
    path("books/<isbn:isbn>/availability/", views.availability, name="availability"),
    path("quote/", views.Quote.as_view(), name="quote"),
]
