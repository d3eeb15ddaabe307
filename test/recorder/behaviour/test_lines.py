import datetime
import decimal
import enum
import json
import unittest
import uuid
from collections import namedtuple

from django_request_cycle.lines.shown import DEPTH, LinePreviewer
from django_request_cycle.lines.stored import stored_by
from django_request_cycle.secrets.redaction import ProcessValues, Secrets
from django_request_cycle.secrets.tokens import Tokens
from django_request_cycle.values.preview import Previewer
from harness import RecorderTest


class Colour(enum.Enum):
    RED = 1


class Thing:
    def __init__(self, **held):
        self.__dict__.update(held)


class Slotted:
    __slots__ = ("first", "second")


class Both(Thing):
    __slots__ = ("slot",)


Pair = namedtuple("Pair", "left right")


def plain_values():
    return [
        *(None, True, False, 0, -7, 10**30, 1 << 600, 1.5, float("nan"), 2j, ..., b"ab", b"z" * 300, bytearray(b"q")),
        *("", "plain", 'é"\\\n\ud800', "it's", "x" * 60, "y" * 400, "a: " + "b" * 80),
        "eyJhIjoxfQ:1qXyZa:" + "a" * 43,
        *(datetime.datetime(2024, 2, 3, tzinfo=datetime.timezone.utc), datetime.date(2024, 2, 3)),
        *(datetime.time(4, 5), datetime.timedelta(1), decimal.Decimal("1.50"), uuid.UUID(int=5), range(3)),
        *(Colour.RED, len, json, Thing, plain_values, ValueError("no", 3), object()),
    ]


def values():
    plain = plain_values()
    many = {"key %d" % number: value for number, value in enumerate(plain)}
    within = Thing(a=Thing(b=1), c=[Thing(), {"d": [1, 2]}], password="correct horse", token=None, is_secret=True)
    within.itself = within
    slotted = Slotted()
    slotted.first = many
    both = Both(held=1)
    both.slot = "word"
    return [
        *(*plain, plain, many, tuple(plain), set("ab"), frozenset(), [], {}, (), Pair(1, [2]), within, slotted, both),
        *({"password": "correct horse", 3: 4, (1, 2): Thing(x=1), "q" * 300: 5}, {"api_key": [1, "battery staple"]}),
        *([[[[1]]]], [Thing(a=1)] * 30, Thing(**{"field_%d" % number: number for number in range(30)}), Thing()),
    ]


def whole(previewer, text):
    """The preview that a text says, with those that it names by their numbers."""
    shown = json.loads(text)
    for child in shown.get("children", ()):
        if type(child["value"]) is int:
            child["value"] = json.loads(previewer.values[child["value"]])
    return shown


class ValuesAsText(RecorderTest):
    def previewer(self, kind):
        return kind(Secrets(Tokens(b"k" * 32), ProcessValues()), 200)

    def test_are_the_previews(self):
        made, written = self.previewer(Previewer), self.previewer(LinePreviewer)
        for value in values():
            for _again in range(2):
                self.assertEqual(whole(written, written.text_of(value)), made.of(value, DEPTH))
        self.assertEqual(written._secrets.known(), made._secrets.known())

    def test_of_models(self):
        from django.contrib.auth.models import User

        made, written = self.previewer(Previewer), self.previewer(LinePreviewer)
        for key in (3, None, 10**20, 'quoted "key"'):
            user = User(pk=key, username="ada", password="correct horse")
            for value in (user, [user, {"user": user, "all": User.objects.all()}], Thing(user=user), {"user": user}):
                for _again in range(2):
                    self.assertEqual(whole(written, written.text_of(value)), made.of(value, DEPTH))
                    user.pk = 4

    def test_by_name(self):
        made, written = self.previewer(Previewer), self.previewer(LinePreviewer)
        for name in ("password", "colour"):
            for value in values():
                self.assertEqual(whole(written, written.named_text(name, value)), made.named(name, value, DEPTH))

    def test_of_instances_that_hold_the_same(self):
        token = "eyJhIjoxfQ:1qXyZa:" + "a" * 43
        several = [
            *(Thing(a=1), Thing(a=True), Thing(a=1.0), Thing(a="1"), Thing(b=1), Thing(a=1, b=2), Thing(b=2, a=1)),
            *(Thing(a=-0.0), Thing(a=0.0), Thing(a=decimal.Decimal("1.0")), Thing(a=decimal.Decimal("1.00"))),
            *(Thing(a=None), Thing(a=[1]), Thing(a="x" * 60), Thing(a="x" * 400), Thing(a=datetime.date(2024, 2, 3))),
        ]
        secret = [Thing(a=1, password="correct horse"), Thing(a=1, note=token), Thing(a=1, token=None)]
        for _capture in range(3):
            made, written = self.previewer(Previewer), self.previewer(LinePreviewer)
            for value in (*several, *secret, *reversed(several)):
                again = Thing(**value.__dict__)
                self.assertEqual(whole(written, written.text_of(again)), made.of(value, DEPTH))
            self.assertEqual(written._secrets.known(), made._secrets.known())
            self.assertIn("correct horse", written._secrets.known())

    def test_of_models_that_hold_the_same(self):
        from django.contrib.auth.models import Group

        for _capture in range(3):
            made, written = self.previewer(Previewer), self.previewer(LinePreviewer)
            for key, name in ((1, "one"), (True, "one"), (2, "two"), (1, "other"), (None, "one")):
                group = Group(pk=key, name=name)
                self.assertEqual(whole(written, written.text_of(group)), made.of(group, DEPTH))
                group.name = "changed"
                self.assertEqual(whole(written, written.text_of(group)), made.of(group, DEPTH))

    def test_a_list_that_grows(self):
        from django.contrib.auth.models import Group

        group = Group(name="ours")
        rows = []
        made, written = self.previewer(Previewer), self.previewer(LinePreviewer)
        for number in range(5):
            rows.append({"group": group, "number": number, "pair": (number, "two")})
            self.assertEqual(whole(written, written.text_of(rows)), made.of(rows, DEPTH))
            rows[0]["number"] += 1
            self.assertEqual(whole(written, written.text_of(rows)), made.of(rows, DEPTH))
            group.pk = number
            self.assertEqual(whole(written, written.text_of(rows)), made.of(rows, DEPTH))
        rows.append(rows[0])
        rows[0]["rows"] = rows
        self.assertEqual(whole(written, written.text_of(rows)), made.of(rows, DEPTH))
        holder = Thing(row=rows[1])
        self.assertEqual(whole(written, written.text_of(holder)), made.of(holder, DEPTH))
        rows[1]["number"] = holder
        self.assertEqual(whole(written, written.text_of([rows[1]])), made.of([rows[1]], DEPTH))
        self.assertEqual(whole(written, written.text_of(holder)), made.of(holder, DEPTH))

    def test_of_what_has_changed(self):
        written = self.previewer(LinePreviewer)
        changing = Thing(**{"field_%d" % number: number for number in range(12)})
        holding = {"colour": "red", "shape": "round"}
        for change in (
            lambda: None,
            lambda: changing.__dict__.update(field_3="three"),
            lambda: changing.__dict__.update(field_11="behind what is shown"),
            lambda: changing.__dict__.pop("field_0"),
            lambda: [changing.__dict__.pop("field_%d" % number) for number in range(4, 8)],
            lambda: changing.__dict__.update(more=[1]),
            lambda: changing.more.append(2),
            lambda: holding.update(colour="blue"),
            lambda: holding.update(size="small"),
            lambda: holding.pop("colour"),
            lambda: holding.update(shape={"round": True}),
            lambda: holding["shape"].update(round=False),
        ):
            change()
            for value in (changing, holding):
                self.assertEqual(whole(written, written.text_of(value)), self.previewer(Previewer).of(value, DEPTH))


def storing(given, *more, named=1, **others):
    total = given
    for step, (left, right) in enumerate(more):
        total += left + step + right
    try:
        del right
    except NameError as missing:
        total = str(missing)

    def inner():
        nonlocal shared
        shared = 2

    shared = inner()
    import json as module

    return [module.dumps(step) for step in (total, shared)]


class StoredByLine(unittest.TestCase):
    def test_each_line(self):
        stored = stored_by(storing.__code__)
        first = storing.__code__.co_firstlineno
        by_line = {line - first: set(names) - {"shared"} for line, names in stored.by_line.items()}
        self.assertEqual(set(stored.given), {"given", "more", "named", "others"})
        self.assertTrue({"total", "step", "left", "right", "missing", "shared"} <= set(stored.every))
        self.assertIn("shared", stored.ever)
        ever = set(stored.ever) - {"shared"}
        self.assertTrue({"right", "missing"} <= ever)
        expected = {1: "total", 2: "step left right", 3: "total", 6: "missing", 7: "total", 9: "inner", 14: "module"}
        for line, names in expected.items():
            self.assertEqual(by_line.get(line, set()) - ever, set(names.split()) - ever, line)

    def test_the_body_of_a_class(self):
        def inside():
            class Made:
                colour = "red"
                shape = colour

            return Made

        code = next(item for item in inside.__code__.co_consts if hasattr(item, "co_names"))
        stored = stored_by(code)
        self.assertIn("shape", stored.by_line[code.co_firstlineno + 2])
        self.assertIn("colour", stored.every)

    def test_a_code_object_is_looked_at_once(self):
        self.assertIs(stored_by(storing.__code__), stored_by(storing.__code__))
