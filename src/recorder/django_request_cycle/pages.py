"""Which page asked for a static file, by the ``Referer`` that the browser sent."""

from collections import OrderedDict
from urllib.parse import urlsplit

#: Pages remembered.
PAGES = 200


class Pages:
    """The newest captures by host, path and query string. Used in one thread at a time."""

    def __init__(self):
        self._ids = OrderedDict()

    def page_of(self, cycle, request):
        """For a static file the id of the page that asked for it; any other capture is remembered as such a page."""
        page = self._referring(request) if cycle.static else None
        # A style sheet asks for fonts: they belong to its page too.
        known = cycle.id if not cycle.static else page
        if known and request["method"] == "GET":
            query = request["query"]
            self._ids[request.get("host", ""), request["path"] + ("?" + query if query else "")] = known
            while len(self._ids) > PAGES:
                self._ids.popitem(last=False)
        return page

    def _referring(self, request):
        referer = next((value for name, value in request["headers"] if name == "Referer"), None)
        if not referer:
            return None
        try:
            parts = urlsplit(referer)
        except ValueError:
            return None
        return self._ids.get((parts.netloc, parts.path + ("?" + parts.query if parts.query else "")))
