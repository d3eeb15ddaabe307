import asyncio

from harness import (
    Recorded,
    RecorderTest,
    asgi_exchange,
    asgi_request,
    capture_files,
    captures_folder,
    read_capture,
    recorder,
)


class Asgi(RecorderTest):
    def test_the_same_stages_as_under_wsgi(self):
        for path in ("/", "/json/", "/raises/", "/nowhere/", "/template-response/", "/json/?gate=refuse"):
            kinds = []
            for protocol in ("wsgi", "asgi"):
                answer = self.get(path, protocol=protocol)
                kinds.append([(stage["kind"], stage["name"], stage["outcome"]) for stage in answer.capture["stages"]])
                self.assertEqual(answer.capture["process"]["protocol"], protocol)
            self.assertEqual(kinds[0], kinds[1], path)

    def test_adaptations_name_who_forced_them(self):
        startup = self.get("/json/", protocol="asgi").capture["process"]["startup"]
        adapted = {step["name"]: (step["adapted"], step["adaptedFor"]) for step in startup if "adapted" in step}
        self.assertEqual(adapted["project.middleware.Hooks"], ("async_to_sync", "project.middleware.Gate"))
        self.assertEqual(adapted["project.middleware.timing"], ("sync_to_async", "asgi"))
        self.assertEqual(len(adapted), 2)

    def test_concurrent_requests_stay_apart(self):
        before = set(capture_files())

        async def all_at_once():
            paths = ["/inner/year/%d/" % (2000 + number) for number in range(20)]
            return await asyncio.gather(*(asgi_exchange("GET", path) for path in paths))

        answers = asyncio.run(all_at_once())
        self.assertEqual([answer[2] for answer in answers], [b"year %d" % (2000 + number) for number in range(20)])
        recorder().flush()
        new = sorted(set(capture_files()) - before)
        self.assertEqual(len(new), 20)
        for name in new:
            capture = read_capture("%s/%s" % (captures_folder(), name))
            self.assert_valid(capture)
            view = [stage for stage in capture["stages"] if stage["kind"] == "view"]
            self.assertEqual(len(view), 1)
            self.assertEqual(
                capture["request"]["path"], "/inner/year/%s/" % view[0]["detail"]["kwargs"]["year"]["repr"]
            )

    def test_a_client_that_leaves_early(self):
        before = set(capture_files())
        asgi_request("GET", "/stream/", leave_after=2, application=Recorded.asgi)
        capture = self.new_capture(before)
        self.assertIsNotNone(capture)
