from django.urls import include, path, register_converter

from . import outside, views
from .api import urlpatterns as api_urls
from .converters import Year

register_converter(Year, "year")

urlpatterns = [
    path("", views.page, name="page"),
    path("json/", views.data, name="json"),
    path("inner/", include("project.inner", namespace="deep")),
    path("wrapped/", views.wrapped, name="wrapped"),
    path("raises/", views.raises, name="raises"),
    path("twice/", views.twice),
    path("handled/", views.handled, name="handled"),
    path("missing/", views.missing, name="missing"),
    path("denied/", views.denied, name="denied"),
    path("redirect/", views.redirected, name="redirect"),
    path("form/", views.form, name="form"),
    path("body/", views.body, name="body"),
    path("read/", views.read_some, name="read"),
    path("unread/", views.unread, name="unread"),
    path("broken-template/", views.broken_template),
    path("stream/", views.stream, name="stream"),
    path("file/", views.file, name="file"),
    path("big-file/", views.big_file),
    path("passed-on/", views.passed_on),
    path("image/", views.image, name="image"),
    path("events/", views.events, name="events"),
    path("session/", views.session, name="session"),
    path("wrapped-user/", views.wrapped_user),
    path("known-user/", views.known_user),
    path("debug/", views.debug),
    path("secrets/", views.secrets, name="secrets"),
    path("sensitive/", views.sensitive, name="sensitive"),
    path("evil/", views.evil, name="evil"),
    path("template-response/", views.template_response, name="template-response"),
    path("large/", views.large, name="large"),
    path("gzip/", views.gzipped, name="gzip"),
    path("slept/", views.slept),
    path("slow/", views.slow, name="slow"),
    path("async/", views.coroutine, name="async"),
    path("lines/", views.counted, name="lines"),
    path("jinja/", views.jinja, name="jinja"),
    path("outside/urllib3/", outside.by_urllib3),
    path("outside/requests/", outside.by_requests),
    path("outside/httpx/", outside.by_httpx),
    path("outside/httpx-async/", outside.by_async_httpx),
    path("postgres/", views.postgres),
    *api_urls,
]
