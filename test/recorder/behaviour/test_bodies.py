import base64
import json
import os
import tempfile
from wsgiref.util import FileWrapper

from harness import RecorderTest, capture_files, wsgi_request

BOUNDARY = "----boundary"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def multipart(fields, files):
    parts = []
    for name, value in fields.items():
        parts.append('--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (BOUNDARY, name, value))
    body = "".join(parts).encode()
    for name, (filename, kind, data) in files.items():
        head = '--%s\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type: %s\r\n\r\n'
        body += (head % (BOUNDARY, name, filename, kind)).encode() + data + b"\r\n"
    return body + ("--%s--\r\n" % BOUNDARY).encode(), "multipart/form-data; boundary=" + BOUNDARY


class RequestBodies(RecorderTest):
    def test_form_fields(self):
        answer = self.post("/form/", b"a=1&a=2&b=%C3%A9&password=form-password-PLANTED")
        form = [(field["name"], field["value"]) for field in answer.capture["request"]["form"]]
        self.assertEqual(form[:3], [("a", "1"), ("a", "2"), ("b", "\u00e9")])
        self.assertTrue(form[3][1].startswith("[secret:"))

    def test_uploads(self):
        for protocol in ("wsgi", "asgi"):
            body, kind = multipart(
                {"title": "x"}, {"cover": ("c.png", "image/png", PNG), "text": ("t.txt", "text/plain", b"hello")}
            )
            answer = self.post("/form/", body, kind, protocol=protocol)
            self.assertEqual(json.loads(answer.body.decode())["sizes"], [len(PNG), 5])
            files = answer.capture["request"]["files"]
            self.assertEqual(
                [(file["field"], file["name"], file["type"], file["size"]) for file in files][1],
                ("text", "t.txt", "text/plain", 5),
            )
            self.assertEqual(files[0]["thumbnail"], "data:image/png;base64," + base64.b64encode(PNG).decode())
            self.assertNotIn("thumbnail", files[1])
            self.assertNotIn("body", answer.capture["request"])

    def test_a_view_that_reads_the_body_after_a_multipart_post(self):
        # The body is the application's to read: a recorder that read it first would break this view.
        body, kind = multipart({"title": "x"}, {"cover": ("c.png", "image/png", PNG)})
        answer = self.post("/body/", body, kind)
        self.assertEqual((answer.status, json.loads(answer.body.decode())), (200, {"length": len(body)}))

    def test_json(self):
        answer = self.post("/body/", b'{"a": 1, "api_key": "json-key-PLANTED", "pin": 1234}', "application/json")
        body = answer.capture["request"]["body"]
        self.assertIn('"a": 1', body["text"])
        self.assertNotIn("PLANTED", body["text"])
        self.assertNotIn("1234", body["text"])

    def test_what_the_application_never_read(self):
        body = self.post("/unread/", b"x" * 1000, "text/plain").capture["request"]["body"]
        self.assertEqual(body, {"size": 1000, "notRead": True})

    def test_what_it_read_in_part(self):
        body = self.post("/read/", b"0123456789abcdef", "text/plain").capture["request"]["body"]
        self.assertEqual((body["text"], body["size"], body["notRead"]), ("0123456789", 16, True))


class ResponseBodies(RecorderTest):
    def test_text_is_cut_in_bounds(self):
        response = self.get("/large/").capture["response"]
        self.assertEqual(response["size"], 600_000)
        self.assertTrue(response["body"]["truncated"])
        self.assertEqual(len(response["body"]["text"]), 64 * 1024)

    def test_an_image(self):
        response = self.get("/image/").capture["response"]
        self.assertEqual(response["body"]["encoding"], "base64")
        self.assertEqual(len(base64.b64decode(response["body"]["text"])), response["size"])

    def test_a_packed_body_is_unpacked(self):
        body = self.get("/gzip/").capture["response"]["body"]
        self.assertEqual(body["text"], "packed text")

    def test_what_is_raised_while_a_response_is_streamed(self):
        before = set(capture_files())
        with self.assertRaises(ConnectionError):
            wsgi_request("GET", "/stream/?break")
        streaming = self.new_capture(before)["response"]["streaming"]
        self.assertEqual((streaming["chunkCount"], streaming["closedEarly"]), (4, True))
        self.assertEqual(streaming["exception"]["message"], "the line went dead")
        self.assertIn("raise ConnectionError", streaming["exception"]["frames"][-1]["source"])

    def test_streaming(self):
        for protocol in ("wsgi", "asgi"):
            answer = self.get("/stream/", protocol=protocol)
            self.assertEqual(answer.body.count(b"chunk"), 4)
            response = answer.capture["response"]
            self.assertEqual(response["streaming"]["chunkCount"], 4)
            self.assertEqual(response["size"], 32)
            self.assertNotIn("closedEarly", response["streaming"])
            self.assertTrue(response["body"]["text"].startswith("chunk 0"))

    def test_a_file(self):
        response = self.get("/file/").capture["response"]
        self.assertEqual(response["filename"], "paper.pdf")

    def sent(self, data, kind, wrapper):
        """A file sent through a server's ``wsgi.file_wrapper``; the answer's body, the capture's response."""
        with tempfile.NamedTemporaryFile(suffix=".data", delete=False) as file:
            file.write(data)
        self.addCleanup(os.unlink, file.name)
        before = set(capture_files())
        url = "/big-file/?type=%s&path=%s" % (kind, file.name)
        _status, _headers, body = wsgi_request("GET", url, more={"wsgi.file_wrapper": wrapper})
        self.assertEqual(body, data)
        return self.new_capture(before)["response"]

    def test_a_file_as_the_server_reads_it(self):
        text = ("line %d\n" * 40_000) % tuple(range(40_000))
        response = self.sent(text.encode(), "text/csv", FileWrapper)
        self.assertEqual((response["size"], response["body"]["truncated"]), (len(text), True))
        self.assertTrue(text.startswith(response["body"]["text"]))
        self.assertGreater(len(response["body"]["text"]), 60_000)
        self.assertGreater(response["streaming"]["chunkCount"], 5)
        self.assertNotIn("closedEarly", response["streaming"])
        image = PNG + bytes(200_000)
        body = self.sent(image, "image/png", FileWrapper)["body"]
        self.assertEqual(base64.b64decode(body["text"]), image)
        self.assertNotIn("truncated", body)

    def test_a_file_that_the_server_sends_past_python(self):
        class Sendfile:
            """Leaves the copying to the operating system, as gunicorn does."""

            def __init__(self, file, _block_size):
                self.file = file

            def __iter__(self):
                with open(self.file.fileno(), "rb", closefd=False) as file:
                    yield file.read()

            def close(self):
                self.file.close()

        response = self.sent(b"x" * 5000, "text/plain", Sendfile)
        self.assertEqual(response["body"], {"reason": "the server sent the file itself"})
        self.assertEqual(response["size"], 5000)

    def test_limits_are_settings(self):
        self.control(limits={"textBodyBytes": 1000, "otherBodyBytes": 500})
        body = self.get("/large/").capture["response"]["body"]
        self.assertEqual(len(body["text"]), 500)
