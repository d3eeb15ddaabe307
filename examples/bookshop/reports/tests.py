from decimal import DivisionByZero

from bookshop.testing import ShopTestCase
from catalog.models import Book


class ReportTests(ShopTestCase):
    def test_csv(self):
        lines = self.client.get("/reports/books.csv").content.decode().splitlines()
        self.assertEqual(lines[0], "ISBN,Title,Author,Price,Stock")
        self.assertEqual(len(lines), 1 + Book.objects.count())

    def test_pdf_names_the_right_offsets(self):
        pdf = self.client.get("/reports/price-list.pdf").content
        self.assertTrue(pdf.startswith(b"%PDF-1.4"))
        table = pdf[int(pdf.split(b"startxref\n")[1].split()[0]) :].splitlines()
        for number, row in enumerate(table[3 : table.index(b"trailer")], start=1):
            self.assertTrue(pdf[int(row[:10]) :].startswith(b"%d 0 obj" % number))

    def test_stream(self):
        response = self.client.get("/reports/stock.txt")
        self.assertTrue(response.streaming)
        self.assertEqual(len(list(response.streaming_content)), 1 + Book.objects.count())

    def test_royalties_ask_for_every_book(self):
        self.client.get("/reports/royalties/")
        with self.assertNumQueries(1 + 6 + 18):
            self.client.get("/reports/royalties/")

    def test_margins_fail(self):
        with self.assertRaises(DivisionByZero), self.assertLogs("django.request", "ERROR"):
            self.client.get("/reports/margins/")

    def test_takings(self):
        self.log_in("admin")
        self.assertContains(self.client.get("/reports/takings/"), "No orders yet")
