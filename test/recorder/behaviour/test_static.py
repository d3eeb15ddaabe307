from harness import RecorderTest, wsgi_request


class Static(RecorderTest):
    def test_static_files_are_compact_and_belong_to_their_page(self):
        from django.contrib.staticfiles.handlers import StaticFilesHandler
        from harness import Recorded, capture_files

        application = StaticFilesHandler(Recorded.wsgi)
        before = set(capture_files())
        wsgi_request("GET", "/?a=1", application=application)
        page = self.new_capture(before)
        before = set(capture_files())
        status, _headers, _body = wsgi_request(
            "GET", "/static/site.css", headers=[("Referer", "http://localhost/?a=1")], application=application
        )
        self.assertEqual(status, 200)
        capture = self.new_capture(before)
        self.assertTrue(capture["summary"]["static"])
        self.assertEqual(capture["summary"]["page"], page["id"])
        self.assertEqual([stage["kind"] for stage in capture["stages"]], ["static"])
        self.assertTrue(capture["stages"][0]["detail"]["source"].endswith("static/site.css"))
        self.assertNotIn("body", capture["response"])
