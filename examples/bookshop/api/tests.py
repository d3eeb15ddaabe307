from bookshop.testing import ShopTestCase
from catalog.models import Book


class ApiTests(ShopTestCase):
    def setUp(self):
        super().setUp()
        self.book = Book.objects.get(slug="nineteen-spoons")

    def test_list_and_book(self):
        found = self.client.get("/api/v1/books/", {"q": "spoons"}).json()
        self.assertEqual(found["count"], 1)
        self.assertEqual(self.client.get(found["books"][0]["url"]).json(), found["books"][0])

    def test_ping_asks_nothing(self):
        with self.assertNumQueries(0):
            self.assertEqual(self.client.get("/api/v1/ping/").json(), {"status": "ok", "version": 1})

    def test_quote(self):
        body = {"isbns": [self.book.isbn]}
        answer = self.client.post("/api/v1/quote/", body, content_type="application/json").json()
        self.assertEqual(answer, {"found": 1, "total": "22.50", "currency": "EUR"})
        self.assertEqual(self.client.post("/api/v1/quote/", "[", content_type="application/json").status_code, 400)

    async def test_availability(self):
        answer = (await self.async_client.get(f"/api/v1/books/{self.book.isbn}/availability/")).json()
        self.assertEqual(answer["shop"], self.book.stock)
        self.assertEqual(set(answer["suppliers"]), {"north", "south"})
