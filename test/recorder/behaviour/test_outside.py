"""Outgoing HTTP of real clients, to a real server on this machine."""

import http.server
import importlib.util
import json
import threading
import unittest

from harness import RecorderTest
from test_middleware import line_of


class _Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        status = 302 if self.path.startswith("/moved") else 418 if "teapot" in self.path else 200
        body = b"" if status == 302 else b"from outside"
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/there")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_arguments):
        pass


CLIENTS = {
    "urllib3": ("urllib3", "GET", "PoolManager"),
    "requests": ("requests", "POST", "requests.post"),
    "httpx": ("httpx", "GET", "httpx.get"),
    "httpx-async": ("httpx", "GET", "await client.get"),
}


class Outside(RecorderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Answer)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.base = "http://127.0.0.1:%d" % cls.server.server_port

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()
        super().tearDownClass()

    def asked(self, client, url, **options):
        if importlib.util.find_spec(CLIENTS[client][0]) is None:
            self.skipTest("%s is not installed" % CLIENTS[client][0])
        return self.get("/outside/%s/?url=%s" % (client, url), **options)

    def test_each_client_sync_and_async(self):
        for client, (_package, method, call) in CLIENTS.items():
            for protocol in ("wsgi", "asgi"):
                with self.subTest(client=client, protocol=protocol):
                    answer = self.asked(
                        client, self.base + "/here%3Ftoken=outgoing-query-PLANTED-26", protocol=protocol
                    )
                    self.assertEqual(json.loads(answer.body.decode())["text"], "from outside")
                    events = answer.events("http")
                    self.assertEqual(len(events), 1)
                    detail = events[0]["detail"]
                    self.assertEqual((detail["operation"], detail["status"]), (method, 200))
                    self.assertTrue(detail["url"].startswith(self.base + "/here?token=[secret:"), detail)
                    self.assertIn(call, line_of(events[0]["location"]))
                    self.assertGreater(events[0]["durationNs"], 0)
                    self.assertNotIn("PLANTED", str(answer.capture))

    def test_redirects_one_by_one(self):
        answer = self.asked("requests", self.base + "/moved")
        self.assertEqual([event["detail"]["status"] for event in answer.events("http")], [302, 200])

    def test_a_refusal_of_the_other_server(self):
        self.assertEqual(self.asked("httpx", self.base + "/teapot").events("http")[0]["detail"]["status"], 418)

    def test_nobody_answers(self):
        for client, protocol in (("urllib3", "wsgi"), ("requests", "wsgi"), ("httpx", "wsgi"), ("httpx-async", "asgi")):
            with self.subTest(client=client):
                answer = self.asked(client, "http://127.0.0.1:1/", protocol=protocol)
                self.assertEqual(answer.status, 500)
                detail = answer.events("http")[0]["detail"]
                self.assertNotIn("status", detail)
                self.assertRegex(detail["error"], "Connect")


if __name__ == "__main__":
    unittest.main()
