import base64
import os

from harness import RecorderTest, capture_files, captures_folder, read_capture

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
        for protocol in ("wsgi", "asgi"):
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

    def test_the_store_is_private(self):
        self.get("/json/")
        folder = captures_folder()
        if os.name == "posix":
            for name in capture_files() + ["redaction.key", "index.jsonl"]:
                self.assertEqual(os.stat(os.path.join(folder, name)).st_mode & 0o077, 0, name)
