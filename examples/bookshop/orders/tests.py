from django.core import mail

from bookshop.testing import ShopTestCase
from catalog.models import Book

from .models import Order


class BasketTests(ShopTestCase):
    def test_put_in_and_take_out(self):
        response = self.client.post("/basket/add/nineteen-spoons/", follow=True)
        self.assertContains(response, "€ 22.50")
        response = self.client.post("/basket/remove/nineteen-spoons/", follow=True)
        self.assertContains(response, "Nothing in it yet")

    def test_a_sold_out_book_is_explained(self):
        response = self.client.post("/basket/add/roots-and-ladders/")
        self.assertContains(response, "Too few copies left", status_code=409)


class CheckoutTests(ShopTestCase):
    def test_order(self):
        self.log_in()
        self.client.post("/basket/add/nineteen-spoons/")
        form = {"email": "rita@reader.example", "address": "1 Shelf Lane", "card_number": "4111111111111111"}
        with self.assertLogs("orders.receivers", "INFO"):
            response = self.client.post("/basket/checkout/", form, follow=True)
        order = Order.objects.get()
        self.assertContains(response, f"Your order has the number {order.pk}")
        self.assertEqual(str(order.total), "22.50")
        self.assertEqual(Book.objects.get(slug="nineteen-spoons").stock, 10)
        self.assertEqual(mail.outbox[0].to, ["rita@reader.example"])
        self.assertIn("1 × Nineteen Spoons: EUR 22.50", mail.outbox[0].body)

    def test_an_empty_basket_has_no_till(self):
        self.log_in()
        self.assertRedirects(self.client.get("/basket/checkout/"), "/basket/")
