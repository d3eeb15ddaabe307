import base64
import copy
import datetime
import functools
import gzip
import io
import logging
import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET

from django.views import View

from .models import Book, Shelf
from .receivers import ordered

logger = logging.getLogger("project")


def page(request):
    return render(request, "page.html", {"shelves": Shelf.objects.order_by("name"), "number": 42, "words": ["a", "b"]})


def data(request):
    return JsonResponse({"ok": True, "access_token": "json-token-PLANTED-3", "n": 1})


def year(request, year):
    return HttpResponse("year %d" % year)


class Words(View):
    def get(self, request, word):
        return HttpResponse("word %s" % word)


def careless(view):
    # No functools.wraps: the recorder has to find the view all the same.
    def inner(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    return inner


def careful(view):
    @functools.wraps(view)
    def inner(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    return inner


@careful
@careless
@require_GET
def wrapped(request):
    return HttpResponse("wrapped")


def raises(request):
    shelf_name = "top"
    password = "local-password-PLANTED-4"
    return HttpResponse(shelf_name[99] + password)


def twice(request):
    basket = ["book"]
    return given_on(request, basket, 7)


def given_on(request, given, number):
    return HttpResponse(given[number])


def handled(request):
    return HttpResponse({}["nothing here"])


def missing(request):
    raise Http404("no such thing")


def denied(request):
    raise PermissionDenied("not for you")


def redirected(request):
    return HttpResponseRedirect("/?token=location-token-PLANTED-5")


@csrf_exempt
def form(request):
    names = sorted(request.POST)
    sizes = [file.size for _name, file in sorted(request.FILES.items())]
    return JsonResponse({"names": names, "sizes": sizes})


@csrf_exempt
def body(request):
    return JsonResponse({"length": len(request.body)})


@csrf_exempt
def read_some(request):
    return JsonResponse({"start": request.read(10).decode()})


@csrf_exempt
def unread(request):
    return HttpResponse("did not look")


def broken_template(request):
    return render(request, "broken.html")


def stream(request):
    def chunks():
        for number in range(4):
            yield "chunk %d\n" % number
        if "break" in request.GET:
            raise ConnectionError("the line went dead")

    return StreamingHttpResponse(chunks(), content_type="text/plain")


def file(request):
    return FileResponse(io.BytesIO(b"%PDF-1.4 nothing"), content_type="application/pdf", filename="paper.pdf")


def big_file(request):
    return FileResponse(open(request.GET["path"], "rb"), content_type=request.GET["type"])


def passed_on(request):
    """Takes Basic credentials apart and makes others of them, as a proxy's view does."""
    given = base64.b64decode(request.headers["Authorization"].partition(" ")[2]).decode()
    who, _colon, what = given.partition(":")
    logger.info("asked by %s with %s", who, what)
    forwarded = base64.b64encode(("proxy2/%s:%s" % (who, what)).encode()).decode()
    response = JsonResponse({"given": given, "forwarded": forwarded})
    response["X-Upstream"] = "Basic " + forwarded
    if "raise" in request.GET:
        raise ValueError("can't forward " + forwarded)
    return response


def image(request):
    return HttpResponse(b"\x89PNG\r\n\x1a\n" + b"\0" * 100, content_type="image/png")


def events(request):
    Shelf.objects.create(name="a")
    list(Book.objects.raw("SELECT * FROM project_book WHERE id = 7 OR id = 8"))
    cache.set("key", 1)
    cache.get("key")
    cache.get("absent")
    logger.warning("watch %s and %d", "this", 3)
    messages.info(request, "stored")
    send_mail("Subject", "body-of-mail", "from@example.com", ["to@example.com"])
    ordered.send(sender=Shelf)
    return HttpResponse("done")


def debug(request):
    return HttpResponse("on" if settings.DEBUG else "off")


def wrapped_user(request):
    """As django-hijack's middleware does: the copy of a lazy user that nobody has asked yet is lazy itself."""
    user = request.user
    request.user = SimpleLazyObject(lambda: copy.copy(user))
    return HttpResponse(request.user.get_username())


def known_user(request):
    """The user of each request is another instance with the same values, as the database gives it."""
    joined = datetime.datetime(2020, 2, 29, tzinfo=datetime.timezone.utc)
    request._cached_user = User(pk=7, username="known", password="password-hash-PLANTED-41", date_joined=joined)
    return HttpResponse("%s %s" % (request.user.get_username(), request.user.password))


def session(request):
    request.session["basket"] = ["book"]
    request.session["count"] = request.session.get("count", 0) + 1
    return HttpResponse("count %d" % request.session["count"])


@csrf_exempt
def secrets(request):
    logger.info("signing in with %s", request.META.get("HTTP_AUTHORIZATION"))
    Book(title="x", api_token="column-token-PLANTED-6")
    list(Book.objects.filter(api_token="column-token-PLANTED-6"))
    context = {"password": "context-password-PLANTED-7", "nested": {"api_key": "nested-key-PLANTED-8"}}
    return render(request, "secrets.html", context)


@csrf_exempt
@sensitive_post_parameters("pet")
@sensitive_variables("innocent")
def sensitive(request):
    innocent = "sensitive-variable-PLANTED-9"
    pet = request.POST.get("pet")
    raise RuntimeError("after %d and %d" % (len(innocent), len(pet or "")))


class Evil:
    """Whatever is called on it raises, queries or never ends."""

    def __init__(self):
        self.inside = 1

    def __repr__(self):
        raise SystemExit("__repr__ was called")

    __str__ = __hash__ = __len__ = __iter__ = __bool__ = __repr__

    def __eq__(self, other):
        raise SystemExit("__eq__ was called")

    def __getattr__(self, name):
        raise SystemExit("__getattr__ was called")


def evil(request):
    request.evil = Evil()
    queryset = Book.objects.all()
    values = {"evil": Evil(), "list": [Evil()], "queryset": queryset, "huge": "x" * 10_000_000, "number": 10**5000}
    cyclic = []
    cyclic.append(cyclic)
    logger.info("evil %s", queryset)
    return render(request, "evil.html", {"values": values, "cyclic": cyclic, "queryset": queryset})


def template_response(request):
    return TemplateResponse(request, "child.html", {"title": "lazy"})


def large(request):
    return HttpResponse("long line\n" * 60_000, content_type="text/plain")


def gzipped(request):
    response = HttpResponse(gzip.compress(b"packed text"), content_type="text/plain")
    response["Content-Encoding"] = "gzip"
    return response


def slept(request):
    time.sleep(float(request.GET["ms"]) / 1000)
    return HttpResponse("slept")


def slow(request):
    return HttpResponse("slow")


async def coroutine(request):
    return HttpResponse("from a coroutine")


def counted(request):
    total = 0
    for number in range(3):
        total += number
    return HttpResponse(str(total))


def jinja(request):
    context = {"number": 42, "shelves": Shelf.objects.order_by("name"), "fail": "fail" in request.GET}
    return render(request, "shelves.jinja", {**context, "api_key": "jinja-context-PLANTED-22"}, using="jinja2")


def postgres(request):
    """One statement of each sort, as ``?`` asks, to a real PostgreSQL."""
    from django.db import connections, transaction

    connection = connections["postgres"]
    wanted = request.GET["do"]
    shelves = Shelf.objects.using("postgres")
    if wanted == "orm":
        shelves.create(name="first")
        shelves.bulk_create([Shelf(name="second"), Shelf(name="third")])
        names = [shelf.name for shelf in shelves.order_by("name")]
        shelves.filter(name="first").update(name="renamed")
        shelves.all().delete()
        return JsonResponse({"names": names})
    if wanted == "secret":
        shelf = shelves.create(name="secret")
        books = Book.objects.using("postgres")
        tokens = ["first-row-PLANTED-24", "second-row-PLANTED-25"]
        books.bulk_create([Book(shelf=shelf, title="x", api_token=token) for token in tokens])
        books.filter(api_token__in=tokens).delete()
        shelf.delete()
        return HttpResponse("done")
    if wanted == "iterator":
        with transaction.atomic(using="postgres"):
            return JsonResponse({"count": len(list(shelves.iterator(chunk_size=10)))})
    with connection.cursor() as cursor:
        if wanted == "composed":
            from importlib import import_module

            library = "psycopg.sql" if wanted_psycopg() else "psycopg2.sql"
            sql = import_module(library)
            cursor.execute(sql.SQL("SELECT {}").format(sql.Identifier("name")) + sql.SQL(" FROM project_shelf"))
        elif wanted == "many":
            cursor.executemany("INSERT INTO project_shelf (name) VALUES (%s)", [("x",), ("y",)])
            cursor.execute("DELETE FROM project_shelf")
        elif wanted == "named":
            cursor.execute(
                "SELECT %(kept)s, %(password)s", {"kept": "visible", "password": "named-parameter-PLANTED-23"}
            )
        else:
            cursor.execute("SELECT 1 / 0")
    return HttpResponse("done")


def wanted_psycopg():
    import importlib.util

    from django import VERSION

    return VERSION >= (4, 2) and importlib.util.find_spec("psycopg") is not None
