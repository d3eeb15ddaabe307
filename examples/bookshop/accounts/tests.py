from bookshop.testing import ShopTestCase


class AccountTests(ShopTestCase):
    def test_log_in_and_out(self):
        response = self.client.post("/accounts/login/", {"username": "reader", "password": "reader"}, follow=True)
        self.assertContains(response, "Your reviews")
        self.client.post("/accounts/logout/")
        self.assertEqual(self.client.get("/accounts/profile/").status_code, 302)

    def test_sign_up(self):
        form = {"username": "new", "password1": "long-enough-9", "password2": "long-enough-9"}
        self.assertContains(self.client.post("/accounts/sign-up/", form, follow=True), "Welcome, new.")
