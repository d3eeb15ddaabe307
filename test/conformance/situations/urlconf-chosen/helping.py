"""Objects that a middleware has: it hands them the request."""

from dataclasses import dataclass

from django.conf import settings


class Router:
    def __init__(self, urlconf):
        self.urlconf = urlconf

    def process(self, request):
        if "routed" in request.GET:
            request.urlconf = self.urlconf


class Late:
    """Made with what only running tells."""

    def __init__(self, get_response, wanted, urlconf):
        self.get_response = get_response
        self.wanted = wanted
        self.urlconf = urlconf

    def process(self, request):
        if self.wanted in request.GET:
            request.urlconf = self.urlconf


class Later(Late):
    urlconf = "no.such.urls"

    def __init__(self, get_response):
        super().__init__(get_response, "super-routed", "chosen.later")

    def process(self, request):
        super().process(request)
        if "later" in request.GET:
            request.urlconf = self.name()

    @staticmethod
    def name():
        return settings.LATER_URLCONF


class Chooser:
    def __init__(self, urlconf):
        self.urlconf = urlconf

    def __call__(self, request):
        if "called" in request.GET:
            request.urlconf = self.urlconf


class Holding:
    def __init__(self, request):
        self.request = request

    def apply(self, urlconf):
        if "held" in self.request.GET:
            self.request.urlconf = urlconf


@dataclass
class Record:
    get_response: object
    urlconf: str = "no.such.record"

    def process(self, request):
        if "record" in request.GET:
            request.urlconf = self.urlconf


def stepped(request):
    if "stepped" in request.GET:
        request.urlconf = "chosen.stepped"
