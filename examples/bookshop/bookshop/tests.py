from django.test import override_settings

from .testing import ShopTestCase


class MiddlewareTests(ShopTestCase):
    def test_every_response_says_how_long_it_took(self):
        for path in ["/", "/nowhere/", "/api/v1/ping/"]:
            self.assertRegex(self.client.get(path).headers["Server-Timing"], r"^app;dur=\d+\.\d$")

    def test_greedy_robots_are_refused_before_the_view(self):
        with self.assertLogs("bookshop.rules", "WARNING"):
            response = self.client.get("/books/", headers={"User-Agent": "GreedyBot/2.0"})
        self.assertContains(response, "Robots of this kind", status_code=403)
        self.assertTemplateNotUsed(response, "catalog/book_list.html")

    def test_a_text_full_of_links_is_refused(self):
        self.log_in()
        text = "http://a.example http://b.example https://c.example"
        with self.assertLogs("bookshop.rules", "WARNING"):
            response = self.client.post("/books/the-last-lamplighter/review/", {"rating": 5, "text": text})
        self.assertContains(response, "A text with 3 links", status_code=403)


class ErrorPageTests(ShopTestCase):
    @override_settings(DEBUG=False)
    def test_not_found_suggests_a_book(self):
        response = self.client.get("/books/the-last-lamplihter/")
        self.assertContains(response, "/books/the-last-lamplighter/", status_code=404)

    def test_permission_denied_says_why(self):
        self.assertContains(self.client.get("/reports/takings/"), "staff&#x27;s eyes alone", status_code=403)
