from functools import wraps

import helping
import routing
from django.conf import settings
from library import TenantBase, get_public_urlconf
from routing import set_by_header


class Tenant(TenantBase):
    def kind_of(self, request):
        kind = request.headers.get("X-Kind", "")
        return None if kind == "none" else kind

    def not_found(self, request):
        request.urlconf = get_public_urlconf()
        super().route(request, force=True)


class Local:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        urlconf = None
        if "local" in request.GET:
            urlconf = settings.LOCAL_URLCONF
        elif "other" in request.GET:
            urlconf = "chosen.other"
        if urlconf:
            request.urlconf = urlconf
        return self.get_response(request)


class Mapped:
    hosts = {"x.example": "chosen.x", "y.example": "chosen.y"}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if found := self.hosts.get(request.get_host()):
            request.urlconf = found
        return self.get_response(request)


class Instance:
    def __init__(self, get_response):
        self.get_response = get_response
        self.prefix = "chosen"
        self.both = (self.prefix + ".first", f"{self.prefix}.second")

    def __call__(self, request):
        first, _ = self.both
        if "first" in request.GET:
            request.urlconf = first
        if "second" in request.GET:
            request.urlconf = self.second
        return self.get_response(request)

    @property
    def second(self):
        return self.both[1]


def logged(hook):
    @wraps(hook)
    def wrapper(request):
        return hook(request)

    return wrapper


def helper(get_response):
    inside = "chosen.inside"

    @logged
    def middleware(request):
        def choose():
            request.urlconf = inside

        if "inside" in request.GET:
            choose()
        return get_response(request)

    return middleware


class ByFunction:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        set_by_header(request, name="X-First")
        routing.set_by_header(request, "X-Second")
        return self.get_response(request)


class Listed:
    def __init__(self, get_response):
        self.get_response = get_response
        self.rules = [("one", "chosen.one"), ("two", "chosen.two")]

    def __call__(self, request):
        found = self.find(request.GET.get("rule"))
        if found:
            _, request.urlconf = found
        return self.get_response(request)

    def find(self, wanted):
        for name, urlconf in self.rules:
            if name == wanted:
                return name, urlconf
        return None


class Defaulted:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        urlconf = settings.NO_URLCONF
        if "default" in request.GET:
            if not urlconf:
                urlconf = "chosen.default"
            request.urlconf = urlconf
        wanted = request.GET.get("wanted")
        if wanted:
            wanted = None
        if "nothing" in request.GET:
            if wanted:
                return self.get_response(request)
            wanted = "chosen.nothing"
            request.urlconf = wanted
        return self.get_response(request)


class Helped:
    def __init__(self, get_response):
        self.get_response = get_response
        self.router = helping.Router("chosen.routed")
        self.late = helping.Late(get_response, "late-routed", urlconf="chosen.lately")
        self.later = helping.Later(get_response)
        self.choose = helping.Chooser("chosen.called")
        self.step = helping.stepped
        self.record = helping.Record(get_response, "chosen.record")

    def __call__(self, request):
        self.router.process(request)
        self.late.process(request)
        self.later.process(request)
        self.choose(request)
        self.step(request)
        self.record.process(request)
        holding = helping.Holding(request)
        holding.apply("chosen.held")
        return self.get_response(request)


class TooLate:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if "late" in request.GET:
            request.urlconf = "chosen.late"


class Kept:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "row" in request.GET:
            request.urlconf = f"chosen.{request.GET['row']}"
        if settings.DEBUG:
            request.urlconf = "chosen.debugging"
        return self.get_response(request)
