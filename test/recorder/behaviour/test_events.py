from harness import RecorderTest
from test_middleware import line_of


class Events(RecorderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.answer = cls("get").get("/events/")

    def one(self, kind, **fields):
        found = [event for event in self.answer.events(kind) if fields.items() <= event["detail"].items()]
        self.assertEqual(len(found), 1, "%s %s: %s" % (kind, fields, self.answer.events(kind)))
        return found[0]

    def test_sql(self):
        events = self.answer.events("sql")
        self.assertIn("INSERT", events[0]["detail"]["sql"])
        self.assertEqual((events[0]["detail"]["alias"], events[0]["detail"]["vendor"]), ("default", "sqlite"))
        self.assertEqual(events[0]["detail"]["params"], "'a'")
        self.assertIn("Shelf.objects.create", line_of(events[0]["location"]))
        self.assertGreater(events[0]["durationNs"], 0)
        raw = next(event for event in events if "id = 7" in event["detail"]["sql"])
        self.assertIn("id = ? OR id = ?", raw["detail"]["shape"])
        self.assertEqual(self.answer.capture["summary"]["queries"], len(events))

    def test_cache(self):
        self.assertNotIn("hit", self.one("cache", operation="set")["detail"])
        self.assertTrue(self.one("cache", operation="get", key="key")["detail"]["hit"])
        absent = self.one("cache", operation="get", key="absent")
        self.assertFalse(absent["detail"]["hit"])
        self.assertIn('cache.get("absent")', line_of(absent["location"]))

    def test_log(self):
        event = self.one("log", logger="project")
        self.assertEqual((event["detail"]["level"], event["detail"]["message"]), ("WARNING", "watch this and 3"))
        self.assertIn("logger.warning", line_of(event["location"]))

    def test_message_for_the_user(self):
        event = self.one("message", message="stored")
        self.assertEqual(event["detail"]["level"], "info")
        self.assertIn("messages.info", line_of(event["location"]))

    def test_mail(self):
        event = self.one("mail", subject="Subject")
        self.assertEqual(event["detail"]["to"], ["to@example.com"])
        self.assertIn("send_mail", line_of(event["location"]))
        self.assertNotIn("body-of-mail", str(self.answer.capture))

    def test_signal(self):
        event = self.one("signal", signal="project.receivers.ordered")
        self.assertEqual(event["detail"]["sender"], "project.models.Shelf")
        receiver = event["detail"]["receivers"][0]
        self.assertEqual(receiver["name"], "project.receivers.note_order")
        self.assertEqual(line_of(receiver["location"]), "def note_order(sender, **kwargs):")
        self.assertIn("ordered.send", line_of(event["location"]))

    def test_send_returns_the_receivers_themselves(self):
        from project.receivers import note_order, ordered

        def view_like(request):
            return ordered.send(sender=None)

        self.assertEqual(ordered.send(sender=None), [(note_order, "noted")])
        self.assertEqual(ordered.send_robust(sender=None), [(note_order, "noted")])

    def test_the_number_of_events_is_bounded(self):
        self.control(limits={"eventsPerCapture": 3})
        capture = self.get("/events/").capture
        count = sum(len(stage["events"]) for stage in capture["stages"]) + len(capture.get("events", []))
        self.assertEqual(count, 3)
        self.assertIn("events", [loss["what"] for loss in capture["losses"]])
