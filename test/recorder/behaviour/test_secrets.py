import base64
import os
import threading
import time

from harness import Recorded, RecorderTest, capture_files, captures_folder, read_capture, recorder, wsgi_request

#: The mark of a planted secret as it is, and within something that was encoded, at each of the three places.
SPELLINGS = ["PLANTED"] + [
    base64.b64encode(b"\0" * shift + b"-PLANTED-").decode().rstrip("=")[4:-1] for shift in range(3)
]


class Planted(RecorderTest):
    """Secrets are planted everywhere; then every byte that was written is searched."""

    def test_none_reaches_the_disk(self):
        headers = [
            ("Authorization", "Bearer bearer-PLANTED-12"),
            ("Cookie", "sessionid=session-cookie-PLANTED-13; other=other-cookie-PLANTED-14"),
            ("X-Api-Key", "header-key-PLANTED-15"),
            ("Referer", "http://localhost/?token=referer-token-PLANTED-16"),
        ]
        form = b"pet=pet-name-PLANTED-17&password=form-password-PLANTED-18&text=see%20form-password-PLANTED-18"
        # More than twice, as what comes again and again is shown from memory.
        for protocol in ("wsgi", "asgi", "wsgi", "wsgi"):
            self.get("/", headers=headers, protocol=protocol)
            self.get("/json/", headers=headers, protocol=protocol)
            self.get("/redirect/?access_token=query-token-PLANTED-19", headers=headers, protocol=protocol)
            self.get("/raises/", headers=headers, protocol=protocol)
            self.post("/secrets/", form, headers=headers, protocol=protocol)
            self.post("/sensitive/", form, headers=headers, protocol=protocol)
            self.post("/body/", b'{"password": "json-password-PLANTED-20"', "application/json", protocol=protocol)
            for query in ("", "?raise=1"):
                for given in ("somebody:basic-password-PLANTED-27", "api-key-alone-PLANTED-28:"):
                    basic = "Basic " + base64.b64encode(given.encode()).decode()
                    self.get("/passed-on/" + query, headers=[("Authorization", basic)], protocol=protocol)
        found = {}
        for name in os.listdir(captures_folder()):
            path = os.path.join(captures_folder(), name)
            if ".cycle.json" in name:
                content = str(read_capture(path))
            else:
                with open(path, "rb") as file:
                    content = file.read().decode("utf-8", "replace")
            for spelling in SPELLINGS:
                if spelling in content:
                    at = content.index(spelling)
                    found[name] = content[max(0, at - 120) : at + 20]
        self.assertEqual(found, {})

    def test_tokens_are_stable_within_a_store(self):
        headers = [("Authorization", "Bearer the-same-PLANTED")]
        tokens = set()
        for _time in range(2):
            sent = dict(self.get("/json/", headers=headers).capture["request"]["headers"])
            tokens.add(sent["Authorization"])
        self.assertEqual(len(tokens), 1)
        other = self.get("/json/", headers=[("Authorization", "Bearer another-PLANTED")]).capture["request"]["headers"]
        self.assertNotIn(dict(other)["Authorization"], tokens)

    def test_a_request_that_follows_an_answer_knows_its_secrets_though_it_ends_first(self):
        recorder().flush()
        before = set(capture_files())
        secret = "brought-before-PLANTED-29"
        ended = []

        def next_request():
            ended.append(wsgi_request("GET", "/json/?q=" + secret))

        def close_late(environ, start_response):
            # The client has the answer, and its next request is through before the server closes this response.
            response = Recorded.wsgi(environ, start_response)
            other = threading.Thread(target=next_request)
            other.start()
            other.join()
            return response

        form = b"password=" + secret.encode()
        form_type = "application/x-www-form-urlencoded"
        wsgi_request("POST", "/sensitive/", form, form_type, application=close_late)
        self.assertEqual(len(ended), 1)
        new = set(capture_files()) - before
        self.assertEqual(len(new), 2)  # without a flush: whoever was waited for lets both be written
        for name in new:
            self.assertNotIn(secret, str(read_capture(os.path.join(captures_folder(), name))))

    def test_an_answer_that_nobody_closes_lets_nothing_wait_for_long(self):
        from django_request_cycle.writing import order

        self.addCleanup(setattr, order, "PATIENCE", order.PATIENCE)
        recorder().flush()
        order.PATIENCE = 3600 * 10**9
        before = set(capture_files())
        left = []

        def leave(environ, start_response):
            left.append(Recorded.wsgi(environ, start_response))
            return []

        threading.Thread(target=wsgi_request, args=("GET", "/json/"), kwargs={"application": leave}).start()
        while not left:
            time.sleep(0.001)
        wsgi_request("GET", "/json/?held")
        self.assertEqual(set(capture_files()) - before, set())
        order.PATIENCE = 0
        wsgi_request("GET", "/json/?not-held")
        self.assertEqual(len(set(capture_files()) - before), 2)
        left[0].close()
        self.assertEqual(len(set(capture_files()) - before), 3)

    def test_the_password_of_a_user_who_comes_again_is_hidden_each_time(self):
        for number in range(4):
            answer = self.get("/known-user/")
            changes = [change for stage in answer.capture["stages"] for change in stage.get("changes", ())]
            users = [change["after"] for change in changes if change["path"] == "request.user" and "before" in change]
            shown = {child["key"]: child["value"] for child in users[0]["children"]}
            self.assertEqual(shown["username"]["repr"], "'known'")
            self.assertIs(shown["password"]["redacted"], True)
            self.assertFalse("PLANTED-41" in str(answer.capture), number)
            self.assertIn("known [secret:", answer.capture["response"]["body"]["text"])
            # So many other secrets that none of this request's is remembered from one to the next.
            for other in range(4):
                pairs = ["cookie%d=value-of-%d-%d-%d" % (each, number, other, each) for each in range(25)]
                self.get("/json/", headers=[("Cookie", "; ".join(pairs))])

    def test_the_store_is_private(self):
        self.get("/json/")
        folder = captures_folder()
        if os.name == "posix":
            for name in capture_files() + ["redaction.key", "index.jsonl"]:
                self.assertEqual(os.stat(os.path.join(folder, name)).st_mode & 0o077, 0, name)
