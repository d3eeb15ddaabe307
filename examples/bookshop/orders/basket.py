"""What a visitor means to buy: kept in the session as {book id: copies}."""

from catalog.models import Book

KEY = "basket"


class OutOfStock(Exception):
    def __init__(self, book, wanted):
        super().__init__(f"{wanted} copies of “{book}” are wanted, {book.stock} are left.")
        self.book = book


class Basket:
    def __init__(self, session):
        self.session = session

    @property
    def copies(self):
        return {int(book): n for book, n in self.session.get(KEY, {}).items()}

    def __len__(self):
        return sum(self.copies.values())

    def add(self, book, copies=1):
        """Put more copies in. Raises OutOfStock where the shop has too few."""
        wanted = self.copies.get(book.pk, 0) + copies
        if wanted > book.stock:
            raise OutOfStock(book, wanted)
        self.session[KEY] = {**self.session.get(KEY, {}), str(book.pk): wanted}

    def remove(self, book):
        self.session[KEY] = {key: n for key, n in self.session.get(KEY, {}).items() if key != str(book.pk)}

    def empty(self):
        self.session.pop(KEY, None)

    def lines(self):
        """[(book, copies, price of them all)]"""
        books = Book.objects.select_related("author").in_bulk(self.copies)
        return [(books[pk], n, books[pk].price * n) for pk, n in self.copies.items() if pk in books]
