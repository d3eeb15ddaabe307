"""SQL on a real PostgreSQL, which ``run.py`` starts where the machine has one."""

import importlib.util
import os
import unittest

from harness import RecorderTest
from test_middleware import line_of

FOLDER = os.environ.get("PROJECT_POSTGRES")
DRIVER = any(importlib.util.find_spec(name) for name in ("psycopg", "psycopg2"))


@unittest.skipUnless(FOLDER, "there is no PostgreSQL on this machine")
@unittest.skipUnless(DRIVER, "neither psycopg nor psycopg2 is installed")
class Postgres(RecorderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        from django.core.management import call_command

        call_command("migrate", database="postgres", run_syncdb=True, verbosity=0)

    def statements(self, wanted, status=200, **options):
        answer = self.get("/postgres/?do=" + wanted, **options)
        self.assertEqual(answer.status, status, answer.body[:300])
        events = answer.events("sql")
        for event in events:
            self.assertEqual((event["detail"]["vendor"], event["detail"]["alias"]), ("postgresql", "postgres"))
        return events

    def test_statements_parameters_and_rows(self):
        for protocol in ("wsgi", "asgi"):
            events = self.statements("orm", protocol=protocol)
            shown = [
                (event["detail"]["sql"].split()[0], event["detail"].get("params"), event["detail"].get("rows"))
                for event in events
            ]
            self.assertEqual(shown[0], ("INSERT", "'first'", 1))
            self.assertIn(("SELECT", None, 3), shown)
            self.assertIn(("UPDATE", "'renamed', 'first'", 1), shown)
            self.assertEqual(shown[-1][::2], ("DELETE", 3))
            bulk = next(event for event in events if "second" in event["detail"].get("params", ""))
            self.assertIn("bulk_create", line_of(bulk["location"]))
            self.assertGreater(bulk["durationNs"], 0)

    def test_the_recorder_makes_no_query_of_its_own(self):
        self.statements("orm")  # the connection's own first statements
        with open(os.path.join(FOLDER, "server.log"), errors="replace") as log:
            log.seek(0, os.SEEK_END)
            events = self.statements("orm")
            logged = [line for line in log if " LOG:  statement: " in line or " LOG:  execute " in line]
        # Opening a connection sets its time zone, which Django does past its cursors.
        opening = ("BEGIN", "COMMIT", "SAVEPOINT", "TIME ZONE", "set_config")
        own = [line for line in logged if not any(word in line for word in opening)]
        self.assertEqual(len(own), len([event for event in events if not is_transaction(event)]), logged)

    def test_a_server_side_cursor(self):
        events = [event for event in self.statements("iterator") if not is_transaction(event)]
        self.assertEqual(len(events), 1)
        self.assertTrue(events[0]["detail"]["sql"].startswith("SELECT"))

    def test_composed_statements(self):
        event = self.statements("composed")[0]
        self.assertIn('SELECT "name" FROM project_shelf', event["detail"]["sql"])

    def test_many_at_once(self):
        event = self.statements("many")[0]
        self.assertTrue(event["detail"]["many"])
        self.assertEqual(event["detail"]["params"], "'x'; 'y'")

    def test_parameters_by_name(self):
        params = self.statements("named")[0]["detail"]["params"]
        self.assertIn("kept='visible'", params)
        self.assertIn("password=[secret:", params)

    def test_secret_columns_of_many_rows(self):
        events = self.statements("secret")
        self.assertTrue(any("api_token" in event["detail"]["sql"] for event in events))
        self.assertNotIn("PLANTED", str([event["detail"] for event in events]))

    def test_an_error(self):
        event = self.statements("error", status=500)[0]
        self.assertIn("division by zero", event["detail"]["error"])


def is_transaction(event):
    return event["detail"]["sql"].split()[0] in ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
