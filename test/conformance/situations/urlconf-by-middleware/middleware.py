from django.conf import settings


class TenantMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.get_host().startswith("tenant."):
            request.urlconf = settings.TENANT_URLCONF
        return self.get_response(request)


def choose(get_response):
    def middleware(request):
        if "public" in request.GET:
            request.urlconf = "public.urls"
        return get_response(request)

    return middleware
