"""The shop's data for other programs."""

import asyncio
import json

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from catalog.models import Book


def as_json(request, book):
    return {
        "title": book.title,
        "author": book.author.name,
        "isbn": book.isbn,
        "price": book.price,
        "published": book.published,
        "stock": book.stock,
        "url": request.build_absolute_uri(reverse("v1:book", args=[book.isbn])),
    }


@require_GET
def ping(request):
    """For those who only want to know whether the shop is up: no query."""
    return JsonResponse({"status": "ok", "version": 1})


@require_GET
def book_list(request):
    books = Book.objects.select_related("author").matching(request.GET.get("q", ""))
    return JsonResponse({"count": len(books), "books": [as_json(request, book) for book in books]})


@require_GET
def book(request, isbn):
    return JsonResponse(as_json(request, get_object_or_404(Book.objects.select_related("author"), isbn=isbn)))


async def availability(request, isbn):
    """Ask the shop and its two suppliers at the same time."""
    book = await Book.objects.filter(isbn=isbn).afirst()
    if book is None:
        return JsonResponse({"error": f"No book has the ISBN {isbn}."}, status=404)
    suppliers = await asyncio.gather(ask_supplier("north", book), ask_supplier("south", book))
    return JsonResponse({"title": book.title, "shop": book.stock, "suppliers": dict(suppliers)})


async def ask_supplier(name, book):
    await asyncio.sleep(0.005)  # what a warehouse far away would take
    return name, (book.pages * len(name)) % 7


@method_decorator(csrf_exempt, name="dispatch")
class Quote(View):
    """The price of a list of books: POST {"isbns": [...]}."""

    def post(self, request):
        try:
            isbns = json.loads(request.body)["isbns"]
        except (ValueError, KeyError, TypeError):
            return JsonResponse({"error": 'Send {"isbns": [...]} as JSON.'}, status=400)
        books = Book.objects.filter(isbn__in=[str(isbn) for isbn in isbns])
        total = sum(book.price for book in books)
        return JsonResponse({"found": len(books), "total": total, "currency": "EUR"})
