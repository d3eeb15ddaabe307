from datetime import date
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.text import slugify

from catalog import covers, isbn
from catalog.demo import AUTHORS, BOOKS, REVIEWS
from catalog.models import Author, Book, Genre, Review


class Command(BaseCommand):
    help = "Fills an empty shop with the demonstration's books, reviews and two users; does nothing to a filled one."

    @transaction.atomic
    def handle(self, *args, verbosity, **options):
        if Book.objects.exists():
            if verbosity:
                self.stdout.write("The shop has its books already.")
            return
        self.make_books()
        self.make_reviews(self.make_users())
        if verbosity:
            self.stdout.write(self.style.SUCCESS(f"{len(BOOKS)} books on the shelves."))

    def make_books(self):
        authors = {
            name: Author.objects.create(name=name, slug=slugify(name), about=about) for name, about in AUTHORS.items()
        }
        for number, (title, author, genres, published, pages, price, stock, summary) in enumerate(BOOKS, start=1):
            first_twelve = f"978000{number * 7919:06d}"
            book = Book(
                title=title,
                slug=slugify(title),
                author=authors[author],
                isbn=first_twelve + isbn.check_digit(first_twelve),
                published=date.fromisoformat(published),
                pages=pages,
                price=Decimal(price),
                stock=stock,
                summary=summary,
            )
            picture = ContentFile(covers.draw(title, author))
            name = f"covers/{book.slug}.svg"
            storage = book.cover.storage
            storage.delete(name)  # of an earlier database: else the storage would choose another name
            book.cover.name = storage.save(name, picture)
            book.save()
            book.genres.set(
                Genre.objects.get_or_create(slug=slugify(genre), defaults={"name": genre})[0] for genre in genres
            )

    def make_users(self):
        users = get_user_model().objects
        reader = users.create_user("reader", "reader@bookshop.example", "reader", first_name="Rita")
        admin = users.create_superuser("admin", "admin@bookshop.example", "admin", first_name="Ada")
        return {"reader": reader, "admin": admin}

    def make_reviews(self, users):
        books = Book.objects.in_bulk(field_name="slug")
        Review.objects.bulk_create(
            Review(book=books[slugify(title)], reader=users[reader], rating=rating, text=text)
            for title, reader, rating, text in REVIEWS
        )
