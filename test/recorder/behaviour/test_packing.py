"""What is packed away comes back: statements that come again, bodies beside the document, what writing took."""

import json
import os
import shutil
import tempfile
import unittest
from unittest import mock

from django.template import Context, Engine
from django_request_cycle import opened
from django_request_cycle.clock import now
from django_request_cycle.cycle import Cycle, current_cycle
from django_request_cycle.places.callsite import project_line
from django_request_cycle.secrets.redaction import ProcessValues, Secrets
from django_request_cycle.secrets.tokens import Tokens
from django_request_cycle.values import bodies
from django_request_cycle.writing import document, known_parts, spent, store
from django_request_cycle.writing.names import identifier_of, order_of
from django_request_cycle.writing.stage_document import Stages
from django_request_cycle.writing.table import Table
from harness import RecorderTest, capture_files, captures_folder, recorder


def told(event):
    """What an event says but for its times."""
    return {name: value for name, value in event.items() if name not in ("atNs", "durationNs")}


def _order(name):
    return order_of(identifier_of(name))


class Packing(RecorderTest):
    def setUp(self):
        recorder().flush()
        recorder()._writer.store.table = Table()

    def newest(self):
        return opened.read(os.path.join(captures_folder(), max(capture_files(), key=_order)))

    def test_a_statement_that_comes_again_says_the_same(self):
        answers, rows = [], []
        for _request in range(3):
            answers.append([told(event) for event in self.get("/events/").events("sql")])
            events = [event for _stage, events in self.newest()["stageEvents"] for event in events]
            rows.append(sum(type(event) is list for event in events))
        self.assertGreater(len(answers[0]), 1)
        self.assertEqual(answers[1], answers[0])
        self.assertEqual(answers[2], answers[0])
        self.assertEqual(rows, [0, len(answers[0]), len(answers[0])])

    def test_a_statement_that_comes_again_gives_no_secret_away(self):
        for _request in range(3):
            self.get("/secrets/")
        folder = captures_folder()
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), "rb") as file:
                data = file.read()
            if name.endswith(".z"):
                data = json.dumps(opened.read(os.path.join(folder, name))).encode()
            self.assertNotIn(b"column-token-PLANTED-6", data, name)

    def test_a_request_that_comes_again_is_named_by_numbers(self):
        shown = []
        for _request in range(4):
            capture = self.get("/json/", headers=[("X-Note", "the same")]).capture
            shown.append([capture["request"], capture["response"]["headers"], capture["summary"]["view"]])
            shown[-1] += [(stage["changes"], stage["detail"]) for stage in capture["stages"]]
        self.assertEqual([one == shown[0] for one in shown], [True] * 4)
        packed = self.newest()
        self.assertEqual([type(packed[name]) for name in ("request", "own", "summary")], [int] * 3)
        self.assertEqual([type(column) for column in packed["stages"]], [int, list, list, int])

    def test_a_request_that_comes_again_is_not_told_again(self):
        def asked(note, **options):
            with mock.patch.object(document, "request_document", wraps=document.request_document) as made:
                request = self.request(options.get("method", "GET"), "/json/", headers=[("X-Note", note)]).capture[
                    "request"
                ]
            self.assertIn(["X-Note", note], request["headers"])
            return request, made.call_count

        first, *_between, last = [asked("the same") for _request in range(4)]
        self.assertEqual((first[1], last[1]), (1, 0))
        self.assertEqual(last[0], first[0])
        self.assertEqual(asked("another")[1], 1)
        self.assertEqual(asked("the same", method="HEAD")[0]["method"], "HEAD")

    def test_a_page_that_comes_again_is_named_where_it_differs_in_part(self):
        details = []
        for number in range(40):
            answer = self.get("/", headers=[("X-Note", "another %d" % number)])
            details.append([stage["detail"] for stage in answer.stages()])
            self.assertIn(["X-Note", "another %d" % number], answer.capture["request"]["headers"])
            self.assertTrue(any("parents" in stage["detail"] for stage in answer.stages("template")))
        self.assertEqual([one == details[0] for one in details], [True] * 40)
        packed = self.newest()
        # Its request never came again as a whole, so it is looked up seldom; what is inside always is.
        headers = packed["request"]["headers"]
        self.assertEqual([header for header in headers if type(header) is not int], [["X-Note", "another 39"]])
        own = packed["own"] if type(packed["own"]) is list else []
        self.assertEqual({type(fields["detail"]) for _number, fields in own if "detail" in fields} - {int}, set())

    def test_what_an_entry_holds_is_hidden_from_a_request_to_which_it_is_secret(self):
        for url in ("/json/", "/json/", "/json/", "/json/?q=", "/json/?q="):
            capture = self.get(url, headers=[("X-Note", "feather-boots-9")]).capture
            self.assertIn(["X-Note", "feather-boots-9"], capture["request"]["headers"])
        # It is secret in this request, and counts as one in those that follow.
        for url in ("/json/?password=feather-boots-9", "/json/", "/json/?q=", "/json/"):
            answer = self.get(url, headers=[("X-Note", "feather-boots-9")])
            self.assertNotIn("feather-boots", json.dumps(answer.capture), url)
            self.assertNotIn("feather-boots", json.dumps(self.newest()))
            (note,) = [value for name, value in answer.capture["request"]["headers"] if name == "X-Note"]
            self.assertRegex(note, r"^\[secret:\w+\]$")

    def test_time_that_compressing_takes_is_told(self):
        def slow(data):
            end = now() + 5_000_000
            while now() < end:
                pass
            return squeeze(data)

        squeeze = store.squeeze
        with mock.patch.object(store, "squeeze", slow):
            self.assertGreater(self.get("/json/").capture["encodeNs"], 5_000_000)

    def test_what_follows_a_capture_counts_for_the_next(self):
        with mock.patch.object(spent, "now", iter((0, 100, 130, 150, 1000, 1007, 1010)).__next__):
            clock = spent.Spent()
            clock.begin()
            self.assertEqual(clock.told(), 30)
            clock.end()
            clock.begin()
            self.assertEqual(clock.told(), 27)
            clock.end()
            self.assertEqual(clock._owed, 3)


class StageTimes(RecorderTest):
    def test_what_never_ended_is_not_taken_off_the_time_of_the_stage_around_it(self):
        cycle = Cycle(recorder(), "wsgi", "GET", "/")
        outer = cycle.open_stage("template", "outer", None)
        token = current_cycle.set(cycle)
        self.addCleanup(current_cycle.reset, token)
        for _time in range(3):
            self.assertEqual(Engine().from_string("text").render(Context()), "text")
        self.assertEqual(len(cycle.stages), 1, "of a template like many others only a row is left")
        ended = cycle.open_stage("view", "ended", None, nested=True)
        cycle.close_stage(ended)
        cycle.open_stage("view", "never ended", None, nested=True)
        cycle.close_stage(outer)
        cycle.end = outer.end + 1000
        stages = Stages(cycle, Table())
        _entries, starts, took, links = stages.columns
        self.assertEqual(links, [0, 1, 1, 1, 1, 1])
        self.assertGreater(min(starts[1:]), 0)
        self.assertGreaterEqual(took[5], 1000)
        self.assertEqual(dict(stages.own()), {1: {"selfNs": took[0] - sum(took[1:5])}})


class Places(RecorderTest):
    def test_a_line_outside_of_a_template_is_the_same_with_what_was_noted(self):
        cycle = Cycle(recorder(), "wsgi", "GET", "/")
        token = current_cycle.set(cycle)
        self.addCleanup(current_cycle.reset, token)
        places, noted = [], []

        def probe():
            noted.append(cycle.stage.outer_place is not None)
            places.append((project_line(2), project_line(2, cycle.stage)))

        inner = Engine().from_string("{{ probe }}{{ probe }}")
        outer = Engine().from_string("{% for _ in 'ab' %}{% include inner %}{% endfor %}{{ probe }}")
        for _time in range(2):
            outer.render(Context({"inner": inner, "probe": probe}))
        inner.render(Context({"probe": probe}))
        self.assertEqual([with_notes for _plain, with_notes in places], [plain for plain, _with_notes in places])
        self.assertEqual({place[0] for place, _same in places}, {__file__})
        self.assertEqual(len({place[1] for place, _same in places}), 2)
        self.assertEqual(noted, [False, True, False, True, True] * 2 + [False, True])


class Bodies(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="request-cycle-packing-")
        self.addCleanup(shutil.rmtree, self.folder)

    def test_a_body_beside_the_document_is_left_as_it_is(self):
        for text in ("a", "\ufeffa\nb\r\n\n", "…\u2028\0\x1f", "\n"):
            response = {"status": 200, "body": {"encoding": "utf-8", "text": text}}
            beside = known_parts.body_beside(response)
            self.assertEqual(beside, text)
            kept = store.Store(self.folder)
            data = '{"packed":2,"response":%s}\n%s' % (document.encode(response), beside)
            kept.write("a-1-1", data.encode())
            path = os.path.join(self.folder, "a-1-1.%s.cycle.json.z" % kept.table.key)
            self.assertEqual(opened.read(path)["bodyText"], text)

    def test_what_is_no_unicode_stays_in_the_document(self):
        for body in ({"encoding": "utf-8", "text": "\ud800"}, {"encoding": "base64", "text": "AA=="}, {"size": 3}):
            response = {"status": 200, "charset": "utf-16", "body": dict(body)}
            self.assertIsNone(known_parts.body_beside(response))
            self.assertEqual(response["body"], body)

    def test_a_file_without_its_last_bytes_was_cut_off(self):
        kept = store.Store(self.folder)
        kept.write("a-1-1", b'{"packed":2}')
        path = os.path.join(self.folder, "a-1-1.%s.cycle.json.z" % kept.table.key)
        self.assertEqual(opened.read(path)["packed"], 2)
        os.truncate(path, os.path.getsize(path) - 1)
        self.assertRaises(ValueError, opened.read, path)

    def test_a_tag_seen_before_is_looked_at_for_other_names(self):
        tag = '<input name="shoe" value="feather-boots">'
        for more, hidden in (((), False), (("shoe",), True), ((), False), (("shoe",), True)):
            secrets = Secrets(Tokens(b"k" * 32), ProcessValues(), more)
            bodies.hide_named(secrets, tag, "text/html")
            self.assertEqual("feather-boots" not in secrets.hide(tag), hidden)
