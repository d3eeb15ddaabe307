import base64
import sys
import unittest

from harness import RECORDER

sys.path.insert(0, RECORDER)

from django_request_cycle.secrets.redaction import ProcessValues, Secrets
from django_request_cycle.secrets.secret_names import is_secret_name
from django_request_cycle.secrets.tokens import Tokens


class Names(unittest.TestCase):
    def test_word_by_word(self):
        for name in (
            "password", "PASSWORD", "newPassword", "password1", "user_passwd", "api_key", "apiKey", "X-Api-Key",
            "APIKEY",
            "secret", "client_secret", "SECRET_KEY", "access_token", "csrfmiddlewaretoken", "X-CSRFToken", "sessionid",
            "session_key", "Set-Cookie", "Authorization", "Proxy-Authorization", "credentials", "private_key",
            "smtp_pass", "basic_auth", "_auth_user_hash", "credit_card_number", "jwt", "signature", "pin",
        ):  # fmt: skip
            self.assertTrue(is_secret_name(name), name)
        for name in (
            "author", "authors", "primary_key", "key", "keyboard", "secretary", "compass", "pass_count", "monkey",
            "tokenizer", "passenger", "pinned", "spinner", "username", "email", "auth_user",
            "id", "", "42", "cookiecutter", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SAMESITE", "CSRF_TRUSTED_ORIGINS",
        ):  # fmt: skip
            self.assertFalse(is_secret_name(name), name)

    def test_more_names(self):
        self.assertFalse(is_secret_name("favourite_colour"))
        self.assertTrue(is_secret_name("favourite_colour", ("colour",)))


class Hiding(unittest.TestCase):
    def secrets(self, *values):
        secrets = Secrets(Tokens(b"k" * 32), ProcessValues())
        for value in values:
            secrets.add(value)
        return secrets

    def test_every_way_of_writing_it(self):
        secret = 'p"a&ss wörd<1>'
        secrets = self.secrets(secret)
        import html
        import json
        from urllib.parse import quote, quote_plus

        for written in (
            secret,
            quote(secret),
            quote_plus(secret),
            html.escape(secret),
            json.dumps(secret),
            repr(secret),
        ):
            hidden = secrets.hide("before %s after" % written)
            self.assertIn("[secret:", hidden, written)
            self.assertNotIn("wörd", hidden)

    def test_short_ones_only_as_words(self):
        secrets = self.secrets("abcd")
        self.assertEqual(secrets.hide("xabcdx abcdef"), "xabcdx abcdef")
        self.assertNotIn("abcd", secrets.hide("it is abcd."))

    def test_too_short_and_ordinary_ones_are_left(self):
        secrets = self.secrets("abc", "true", "admin")
        self.assertEqual(secrets.hide("abc true admin"), "abc true admin")

    def test_a_secret_that_a_limit_cut(self):
        secrets = self.secrets("correct-horse-battery")
        self.assertNotIn("correct", secrets.hide("'my correct-horse-b…'"))

    def test_one_inside_another(self):
        secrets = self.secrets("inner-secret", "outer-inner-secret-9")
        self.assertEqual(secrets.hide("outer-inner-secret-9").count("[secret:"), 1)

    def test_bytes_in_utf8_as_text(self):
        for given in (("kAsdf83kd9Lq",), ("kAsdf83kd9Lq", "kAsdf83kd9LqAndMore"), ("cañon-9-secret",), ("abcd",)):
            secrets = self.secrets(*given)
            done = 0
            for text in ("é %s … and %s.", "%s%s", "%s…", "nothing", ""):
                for value in given:
                    text = text.replace("%s", value)
                    present = secrets.present_in(text)
                    hidden = secrets.hide_in_utf8(text.encode(), present)
                    if hidden is not None:
                        done += 1
                        self.assertEqual(hidden.decode(), secrets.hide(text, present))
            self.assertGreater(done, 0)
        coded = base64.b64encode(b"..kAsdf83kd9Lq..")
        secrets = self.secrets("kAsdf83kd9Lq")
        self.assertEqual(secrets.present_in(coded.decode()), ["kAsdf83kd9Lq"])
        self.assertIsNone(secrets.hide_in_utf8(coded, ["kAsdf83kd9Lq"]))

    def test_urls_and_queries(self):
        secrets = self.secrets()
        self.assertEqual(secrets.query("a=1&b=2"), "a=1&b=2")
        self.assertNotIn("hidden-one", secrets.query("a=1&api_key=hidden-one"))
        shown = secrets.url("https://me:hidden-two@host/path?token=hidden-three&x=1#top")
        self.assertNotIn("hidden", shown)
        self.assertTrue(shown.startswith("https://me:") and shown.endswith("&x=1#top"))
        self.assertNotIn("hidden", secrets.url("https://hidden-key-of-some-length@host/path"))
        self.assertEqual(secrets.url("https://postgres@host/path"), "https://postgres@host/path")

    def test_what_is_encoded(self):

        secret = "hidden+four/five é"
        secrets = self.secrets(secret)
        for before in ("", "a", "ab", "user:"):
            data = (before + secret + " and more").encode()
            for form in (base64.b64encode(data), base64.urlsafe_b64encode(data), data.hex().encode()):
                shown = secrets.hide("sent %s to" % form.decode())
                self.assertRegex(shown, r"^sent [0-9a-f]*\[secret:\w+\][0-9a-f]* to$")
        self.assertEqual(secrets.hide("aGlkZGVuIHRoaW5ncw=="), "aGlkZGVuIHRoaW5ncw==")

    def test_what_has_the_shape_of_a_secret(self):
        from django_request_cycle.secrets.text_secrets import add_shaped

        token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLWhlcmU"
        key = "-----BEGIN RSA PRIVATE KEY-----\\nMIIEpAIBAAKCAQEA\\nabc=\\n-----END"
        texts = [
            "access: " + token,
            key,
            "redis://:hidden-six@host:6379/0",
            "https://hidden_seven_eight_nine@host/a.git",
        ]
        for text in texts:
            secrets = self.secrets()
            add_shaped(secrets, text)
            shown = secrets.hide(text)
            self.assertIn("[secret:", shown)
            self.assertNotRegex(shown, "hidden|MIIE|c2lnb")
        harmless = "http://localhost:8000/@me eyJustAName https://ada@host/ -----BEGIN PUBLIC KEY----- a@b"
        secrets = self.secrets()
        add_shaped(secrets, harmless)
        self.assertEqual(secrets.hide(harmless), harmless)

    def test_the_token_needs_the_key(self):
        first, second = Tokens(b"a" * 32).token("x"), Tokens(b"b" * 32).token("x")
        self.assertNotEqual(first, second)
        self.assertEqual(first, Tokens(b"a" * 32).token("x"))
