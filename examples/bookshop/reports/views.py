import csv
import logging

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_page
from django.views.generic import TemplateView

from catalog.models import Author, Book
from orders.models import Order

from .pdf import Document

logger = logging.getLogger(__name__)

COST = 6  # what a copy costs the shop, in euros


class Overview(TemplateView):
    template_name = "reports/overview.html"


def books_csv(request):
    response = HttpResponse(
        content_type="text/csv", headers={"Content-Disposition": 'attachment; filename="books.csv"'}
    )
    writer = csv.writer(response)
    writer.writerow(["ISBN", "Title", "Author", "Price", "Stock"])
    for book in Book.objects.select_related("author"):
        writer.writerow([book.isbn, book.title, book.author.name, book.price, book.stock])
    return response


@cache_page(60)
def price_list(request):
    """The price list as a PDF, kept for a minute."""
    document = Document("Price list")
    document.text(50, 60, "Bookshop: price list", size=20, bold=True)
    document.line(50, 72, 545, 72)
    y = 100
    for book in Book.objects.select_related("author"):
        if y > 790:
            document.new_page()
            y = 60
        document.text(50, y, book.title, bold=True)
        document.text(270, y, book.author.name)
        document.text(400, y, book.isbn)
        document.text(500, y, f"€ {book.price}")
        y += 20
    logger.info("Price list rendered: %d pages", len(document.pages))
    return HttpResponse(
        document.render(),
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="price-list.pdf"'},
    )


def stock_stream(request):
    """The stock as text, sent line by line while the rows are read."""

    def lines():
        yield "isbn;stock\n"
        for book in Book.objects.order_by("isbn").iterator(chunk_size=5):
            yield f"{book.isbn};{book.stock}\n"

    return StreamingHttpResponse(lines(), content_type="text/plain; charset=utf-8")


def royalties(request):
    """Asks once for the authors and then again for each of them and each of their books: the classic N+1."""
    rows = []
    for author in Author.objects.all():
        books = author.books.all()
        rows.append(
            {
                "author": author,
                "books": len(books),
                "reviews": sum(book.reviews.count() for book in books),
                "value": sum(book.price * book.stock for book in books),
            }
        )
    return render(request, "reports/royalties.html", {"rows": rows})


def margins(request):
    """Fails on purpose: a book that is given away has no price to divide by."""
    rows = []
    for book in Book.objects.order_by("-price"):
        share = (book.price - COST) / book.price
        rows.append((book.title, f"{share:.0%}"))
    return render(request, "reports/margins.html", {"rows": rows})


def takings(request):
    if not request.user.is_staff:
        raise PermissionDenied("The takings are for the staff's eyes alone.")
    orders = Order.objects.select_related("customer")
    return render(request, "reports/takings.html", {"orders": orders, "total": sum(order.total for order in orders)})
