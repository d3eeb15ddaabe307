from django.core import mail

from bookshop.testing import ShopTestCase


class PageTests(ShopTestCase):
    def test_two_languages(self):
        self.assertContains(self.client.get("/help/"), "paper and string")
        self.assertContains(self.client.get("/fr/aide/"), "papier et ficelle")

    def test_contact(self):
        form = {"email": "me@reader.example", "text": "When do you open?"}
        self.assertContains(self.client.post("/fr/aide/ecrire/", form, follow=True), "Merci")
        self.assertEqual(mail.outbox[0].body, "When do you open?")
