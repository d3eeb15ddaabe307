from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import SimpleTestCase

from bookshop.testing import ShopTestCase

from . import converters, isbn
from .models import Book, Review
from .uploads import validate_image

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


class IsbnTests(SimpleTestCase):
    def test_check_digit(self):
        self.assertTrue(isbn.is_valid("9780306406157"))
        self.assertFalse(isbn.is_valid("9780306406158"))

    def test_converter_takes_hyphens_and_refuses_a_wrong_digit(self):
        converter = converters.IsbnConverter()
        self.assertEqual(converter.to_python("978-0-306-40615-7"), "9780306406157")
        with self.assertRaises(ValueError):
            converter.to_python("978-0-306-40615-8")


class UploadTests(SimpleTestCase):
    def test_pictures_are_known_by_their_bytes(self):
        validate_image(SimpleUploadedFile("a.png", PIXEL))
        with self.assertRaisesMessage(ValidationError, "Upload a PNG"):
            validate_image(SimpleUploadedFile("a.png", b"<script>"))
        with self.assertRaisesMessage(ValidationError, "larger than"):
            validate_image(SimpleUploadedFile("a.png", PIXEL + bytes(1_000_000)))


class PageTests(ShopTestCase):
    def test_pages_answer(self):
        for path in [
            "/",
            "/books/",
            "/books/?page=2",
            "/books/published/2024/",
            "/genres/crime/",
            "/authors/jun-aoki/",
        ]:
            with self.subTest(path):
                self.assertEqual(self.client.get(path).status_code, 200)

    def test_a_book_shows_its_reviews(self):
        response = self.client.get("/books/the-last-lamplighter/")
        self.assertContains(response, "I missed my stop twice")
        self.assertTemplateUsed(response, "base.html")

    def test_the_shelf_asks_few_queries(self):
        self.client.get("/books/")
        with self.assertNumQueries(3):  # the number of books, a page of them, their genres
            self.client.get("/books/")

    def test_isbn_leads_to_the_book(self):
        book = Book.objects.first()
        self.assertRedirects(self.client.get(f"/isbn/{book.isbn}/"), book.get_absolute_url())

    def test_sample_is_a_download(self):
        response = self.client.get("/books/the-last-lamplighter/sample/")
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertIn(b"LAMPLIGHTER", b"".join(response.streaming_content))
        self.assertEqual(self.client.get("/books/nineteen-spoons/sample/").status_code, 404)


class SearchTests(ShopTestCase):
    def found(self, **query):
        return [book.title for book in self.client.get("/search/", query).context["books"]]

    def test_by_words_genre_and_price(self):
        self.assertEqual(self.found(q="moss okafor"), ["The Patience of Moss"])
        self.assertEqual(
            self.found(q="", genre="crime", max_price="12"), ["Honey for the Inspector", "How to Lose a Library"]
        )
        self.assertEqual(self.found(q="x", max_price="dear"), [])


class ReviewTests(ShopTestCase):
    path = "/books/nineteen-spoons/review/"

    def test_needs_a_reader(self):
        self.assertRedirects(self.client.get(self.path), f"/accounts/login/?next={self.path}")

    def test_with_a_photo(self):
        self.log_in()
        photo = SimpleUploadedFile("copy.png", PIXEL, "image/png")
        with self.assertLogs("catalog.signals", "INFO"):
            response = self.client.post(self.path, {"rating": 5, "text": "Lentils!", "cover": photo}, follow=True)
        self.assertContains(response, "Thank you for your review")
        review = Review.objects.get(text="Lentils!")
        self.assertEqual(review.cover.read(), PIXEL)

    def test_with_something_else(self):
        self.log_in()
        response = self.client.post(self.path, {"rating": 9, "text": "", "cover": SimpleUploadedFile("a.png", b"no")})
        self.assertEqual(set(response.context["form"].errors), {"rating", "text", "cover"})


class AdminTests(ShopTestCase):
    def test_low_stock_and_restock(self):
        self.log_in("admin")
        page = self.client.get("/admin/catalog/book/low-stock/")
        self.assertContains(page, "Salt on the Stairs")
        book = Book.objects.get(slug="salt-on-the-stairs")
        self.client.post(f"/admin/catalog/book/{book.pk}/restock/")
        book.refresh_from_db()
        self.assertEqual(book.stock, 12)

    def test_readers_stay_outside(self):
        self.log_in()
        self.assertEqual(self.client.get("/admin/catalog/book/low-stock/").status_code, 302)
