"""Makes a site's database: python prepare.py (with DJANGO_SETTINGS_MODULE and PROOF_DATA)."""

import importlib
import os

from django.core.management import call_command

import django

os.makedirs(os.environ["PROOF_DATA"], exist_ok=True)
django.setup()
call_command("migrate", verbosity=0, interactive=False)

from django.contrib.auth import get_user_model  # noqa: E402 (needs the setup)

users = get_user_model().objects
users.create_superuser("admin", "admin@proof.example", "admin")
users.create_user("reader", "reader@proof.example", "reader")
importlib.import_module(os.environ["DJANGO_SETTINGS_MODULE"].rsplit(".", 1)[0] + ".demo").fill()
