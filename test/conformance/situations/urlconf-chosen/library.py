"""What a library of tenants offers: the project derives its middleware from it."""

from django.conf import settings
from django.utils.deprecation import MiddlewareMixin

from django.urls import set_urlconf


def has_types():
    return getattr(settings, "HAS_TYPES", False)


def get_types():
    return getattr(settings, "TYPES", {})


def get_public_urlconf():
    if has_types():
        return get_types()["public"]["URLCONF"]
    return getattr(settings, "PUBLIC_URLCONF", "no.such.urls")


class TenantBase(MiddlewareMixin):
    def process_request(self, request):
        kind = self.kind_of(request)
        if kind is None:
            return self.not_found(request)
        if not kind:
            return None
        request.kind = kind
        self.route(request)

    def kind_of(self, request):
        raise NotImplementedError

    def not_found(self, request):
        request.urlconf = "no.such.default"

    @staticmethod
    def route(request, force=False):
        if has_types():
            types = get_types()
            if force:
                request.urlconf = get_public_urlconf()
            else:
                request.urlconf = types[request.kind]["URLCONF"]
            set_urlconf(request.urlconf)
        else:
            request.urlconf = settings.PUBLIC_URLCONF
