"""What Django's test client answers to requests: JSON `[[method, path, language], ...]` on stdin, texts on stdout.

    python django_requests.py FOLDER SETTINGS

A 200 reads `view {...}` with what the fixture's views tell, another status `404`, `302 LOCATION` or `RuntimeError`.
"""

import json
import logging
import os
import sys

folder, settings = sys.argv[1:]
sys.path[0] = folder
os.environ["DJANGO_SETTINGS_MODULE"] = settings

import django  # noqa: E402

django.setup()
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

debug = django.conf.settings.DEBUG
setup_test_environment(debug=debug)
client = Client()


def told(method, path, language):
    try:
        response = client.generic(method, path, **({"HTTP_ACCEPT_LANGUAGE": language} if language else {}))
    except RuntimeError:
        return "RuntimeError"
    if response.status_code == 200:
        return "view " + json.dumps(response.json(), sort_keys=True)
    return " ".join([str(response.status_code), response.headers.get("Location", "")]).strip()


logging.disable()
print(json.dumps([told(*request) for request in json.load(sys.stdin)]))
