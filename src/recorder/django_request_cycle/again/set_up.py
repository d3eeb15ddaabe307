"""Sets Django up as the recorded server had it."""

import sys


def set_up(capture):
    """Load the settings that ``DJANGO_SETTINGS_MODULE`` names, then the apps."""
    from django.conf import settings

    import django

    arguments = sys.argv
    if (capture["process"].get("server") or "").startswith("WSGIServer"):
        # Settings ask whether it is the development server that starts: ``DEBUG = "runserver" in sys.argv``. Apps are
        # not told so: one that starts a scheduler beside the server would start it here, too.
        sys.argv = ["manage.py", "runserver"]
    try:
        settings.INSTALLED_APPS  # noqa: B018 - whatever is asked first loads them
    finally:
        sys.argv = arguments
    django.setup()
