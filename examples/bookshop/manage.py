#!/usr/bin/env python
"""Django's command-line utility for the bookshop."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookshop.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as exc:
        raise ImportError("Django is not installed in this environment: pip install -r requirements.txt") from exc
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
