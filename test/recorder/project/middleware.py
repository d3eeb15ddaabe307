from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse, HttpResponseForbidden
from django.utils.deprecation import MiddlewareMixin


def timing(get_response):
    def middleware(request):
        request.started_by = "timing"
        response = get_response(request)
        response["X-Timing"] = "1"
        return response

    return middleware


class NotWanted:
    def __init__(self, get_response):
        raise MiddlewareNotUsed("nobody asked for it")


class Gate:
    """Answers itself, raises or goes on, as the query string says."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        wanted = request.GET.get("gate")
        if wanted == "refuse":
            return HttpResponseForbidden("the gate is closed")
        if wanted == "raise":
            raise ValueError("the gate broke")
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if request.GET.get("gate") == "view":
            return HttpResponse("answered in process_view", status=418)
        return None


class Hooks(MiddlewareMixin):
    def process_request(self, request):
        request.META["HTTP_X_ADDED"] = "by Hooks"

    def process_template_response(self, request, response):
        if getattr(response, "context_data", None) is not None:  # REST framework's has none
            response.context_data["added"] = "by Hooks"
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, KeyError):
            return HttpResponse("Hooks handled %s" % type(exception).__name__, status=409)
        return None

    def process_response(self, request, response):
        response["X-Hooks"] = "1"
        response.set_cookie("seen_token", "cookie-value-PLANTED-2", samesite="Strict")
        return response
