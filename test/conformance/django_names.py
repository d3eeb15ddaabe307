"""Prints the names of all routes in order, as JSON: `django_names.py SETTINGS` in the project's folder."""

import json
import os
import sys

import django
from django.urls import get_resolver


def names(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern.url_patterns)
        else:
            yield pattern.name


sys.path.insert(0, os.getcwd())
os.environ["DJANGO_SETTINGS_MODULE"] = sys.argv[1]
django.setup()
print(json.dumps(list(names(get_resolver().url_patterns))))
