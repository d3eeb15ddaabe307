"""Runs a recorded request again, or asks the database about a recorded query, when the user says so.

``python -m django_request_cycle.again rerun CAPTURE`` and ``... explain CAPTURE STAGE EVENT``, in a process of its own,
in the project's interpreter and working folder. Each prints one line of JSON on standard output.
"""
