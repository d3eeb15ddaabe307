"""A test case with the demonstration's stock in it."""

import tempfile

from django.core.cache import cache
from django.core.management import call_command
from django.test import TestCase, override_settings


class ShopTestCase(TestCase):
    @classmethod
    def setUpClass(cls):
        media = tempfile.TemporaryDirectory()
        cls.addClassCleanup(media.cleanup)
        settings = override_settings(
            MEDIA_ROOT=media.name, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]
        )
        settings.enable()
        cls.addClassCleanup(settings.disable)
        super().setUpClass()

    @classmethod
    def setUpTestData(cls):
        call_command("seed", verbosity=0)

    def setUp(self):
        cache.clear()

    def log_in(self, name="reader"):
        self.assertTrue(self.client.login(username=name, password=name))
