import asyncio
import base64
import collections
import json
import logging
import time
from urllib.parse import quote

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from django.views import View

from . import nasty
from .models import Note

logger = logging.getLogger("oddities")


def page(request):
    """A page as they are: some queries, a log line, the cache, a template that inherits and includes."""
    wanted = request.GET.get("q", "")
    notes = Note.objects.filter(title__icontains=wanted).order_by("pk")[:5]
    logger.info("page for %s", wanted)
    seen = cache.get_or_set("seen", 1, 60)
    return render(request, "oddities/page.html", {"notes": notes, "wanted": wanted, "seen": seen})


def marked(request, mark):
    """Says its mark in a query, a log line and its body: whoever mixes up two requests shows it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s", ["sql-" + mark])
        found = cursor.fetchone()[0]
    logger.info("log-%s", mark)
    time.sleep(float(request.GET.get("sleep", "0")))
    return JsonResponse({"mark": mark, "found": found})


async def marked_async(request, mark):
    await asyncio.sleep(float(request.GET.get("sleep", "0.005")))
    found = await sync_to_async(Note.objects.count)()
    logger.info("log-%s", mark)
    return JsonResponse({"mark": mark, "found": found})


def ping(request):
    return JsonResponse({"ok": True})


def stream(request):
    def parts():
        try:
            for number in range(int(request.GET.get("parts", "5"))):
                yield "part %d\n" % number
                time.sleep(float(request.GET.get("sleep", "0")))
        finally:
            logger.info("stream closed")

    return StreamingHttpResponse(parts(), content_type="text/plain")


@csrf_exempt
def post_then_body(request):
    """Django refuses the body once a multipart form was parsed: so it must stay."""
    fields = sorted(request.POST) + sorted(request.FILES)
    try:
        return JsonResponse({"fields": fields, "body": len(request.body)})
    except Exception as error:
        return JsonResponse({"fields": fields, "error": type(error).__name__})


@csrf_exempt
def body_then_post(request):
    body = len(request.body)
    return JsonResponse({"body": body, "fields": sorted(request.POST), "files": sorted(request.FILES)})


@csrf_exempt
def read_in_parts(request):
    first = request.read(5)
    rest = b"".join(request)
    try:
        request.body  # noqa: B018 (what is proved is that it raises)
    except Exception as error:
        problem = type(error).__name__
    else:
        problem = None
    return JsonResponse({"first": len(first), "rest": len(rest), "problem": problem})


@csrf_exempt
def never_reads(request):
    return HttpResponse("not read")


@csrf_exempt
def save_upload(request):
    sizes = {name: sum(len(chunk) for chunk in file.chunks()) for name, file in request.FILES.items()}
    return JsonResponse({"sizes": sizes, "form": request.POST.dict()})


def nasty_value(request, kind):
    """Has the value as local, in the context, on the request and in a log line's arguments; raises on demand."""
    value = nasty.KINDS[kind]()
    request.nasty = value
    request.META["nasty"] = value
    kwargs = {"value": value}
    if "raise" in request.GET:
        raise ValueError("with a nasty value among the locals", kwargs["value"])
    drawn = list(value) if kind == "generator" else []
    response = render(request, "oddities/nasty.html", {"value": value, "shown": drawn, "wanted": ""})
    response.nasty = value
    return response


def changes_session(request):
    request.session["count"] = request.session.get("count", 0) + 1
    request.session["nested"] = {"list": [1, 2, 3]}
    messages.info(request, "counted")
    return JsonResponse({"count": request.session["count"]})


def lazy_user(request):
    """Never looks at request.user: nor may anybody else."""
    return HttpResponse("nobody looked")


def raises(request):
    number = 0
    return HttpResponse(1 / number)


# ---- planted secrets


@csrf_exempt
def echo(request, token=""):
    """Takes secrets in every way a request can bring them, and repeats them in every way a server can."""
    sent = {**request.GET.dict(), **request.POST.dict()}
    if request.content_type == "application/json":
        sent["json"] = json.loads(request.body)
    found = list(secrets_in(sent)) + [token, *request.COOKIES.values(), request.META.get("HTTP_X_API_KEY", "")]
    authorization = request.META.get("HTTP_AUTHORIZATION", "")
    scheme, _, credentials = authorization.partition(" ")
    found.append(credentials)
    if scheme == "Basic":
        found.append(base64.b64decode(credentials).decode().partition(":")[2])
    for name in request.POST:
        found += request.POST.getlist(name)[:-1]
    for secret in filter(None, found):
        for form in encoded_forms(secret):
            logger.info("encoded: %s", form)
            cache.set("encoded", {"a": form})
        logger.info("a secret: %s", secret)
        logger.warning("in the text itself: " + secret)
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s, 'literal " + secret.replace("'", "''").replace("%", "%%") + "'", [secret])
        cache.set("key-" + "".join(c if "!" <= c <= "~" else "_" for c in secret), secret)
        messages.info(request, "message with " + secret)
        Note.objects.create(title="note", text=secret, token=secret)
        request.session["kept"] = secret
        send_mail("subject " + secret[:20], "mail with " + secret, "a@proof.example", ["b@proof.example"])
    for name, file in request.FILES.items():
        logger.info("upload %s %s", name, file.name)
    context = {"sent": sent, "found": found, "api_key": "".join(found), "wanted": "", "meta": request.META}
    if "redirect" in request.GET:
        return HttpResponseRedirect("/page/?token=" + sent.get("token", "") + "&q=1")
    if "raise" in request.GET:
        raise ValueError("failed with %s" % found)
    if "json" in request.GET:
        return JsonResponse({"access_token": found, "sent": sent})
    response = render(request, "oddities/echo.html", context)
    for number, secret in enumerate(found):
        response["X-Echo-%d" % number] = json.dumps(secret)
    return response


def encoded_forms(secret):
    """As an application passes a secret on: alone and within something, in base64, for a URL, in digits."""
    for text in (secret, "user:" + secret, json.dumps({"of": secret})):
        data = text.encode()
        yield from (base64.b64encode(data).decode(), base64.urlsafe_b64encode(data).decode(), data.hex(), quote(text))


def leak_encoded(request):
    """Settings' secrets as an application encodes them: in the body, logs, SQL, headers, and among locals."""
    held = (settings.PAYMENT_API_KEY, settings.EMAIL_HOST_PASSWORD, settings.STORAGE["options"]["secret_access_key"])
    texts = [form for secret in held for form in encoded_forms(secret)]
    for text in texts:
        logger.info("sending %s", text)
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s, '" + text.replace("%", "%%") + "'", [text])
        messages.info(request, text)
    if "raise" in request.GET:
        raise ValueError("refused: %s" % texts)
    response = JsonResponse({"sent": texts, "access": settings.WHO_AM_I, "pem": settings.WHO_SIGNS})
    response["X-Sent"] = texts[0]
    return response


def secrets_in(value):
    if isinstance(value, dict):
        for each in value.values():
            yield from secrets_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from secrets_in(each)
    elif isinstance(value, str) and len(value) > 8 and not value.startswith("visible"):
        yield value


@csrf_exempt
def leak_locals(request):
    """Raises among locals that are secret by their name, by their decorators, and by what they hold."""
    password = "local-password-" + settings.PLANT  # noqa: F841
    config = {"api_key": "local-nested-" + settings.PLANT, "colour": "visible-colour"}  # noqa: F841
    settings_copy = {name: getattr(settings, name) for name in ("PAYMENT_API_KEY", "STORAGE", "DATABASES")}  # noqa: F841
    return guarded("guarded-" + settings.PLANT, request)


@sensitive_variables("harmless")
def guarded(harmless, request):
    return deeper(request)


@sensitive_variables()
def deeper(request):
    anything = "all-guarded-" + settings.PLANT
    raise ValueError("guarded", len(anything))


@csrf_exempt
@sensitive_post_parameters("colour")
def leak_post(request):
    return JsonResponse({"fields": sorted(request.POST)})


def leak_response(request):
    """Makes secrets of its own: a token in JSON, a cookie, headers, the session, a user's password."""
    plant = settings.PLANT
    request.session["oauth_token"] = "session-token-" + plant
    get_user_model().objects.create_user("user-%d" % get_user_model().objects.count(), password="user-" + plant)
    response = JsonResponse(
        {"user": "visible-user", "refresh_token": "response-token-" + plant, "deep": [{"pwd": "response-pwd-" + plant}]}
    )
    response.set_cookie("remember", "set-cookie-" + plant)
    response["X-Auth-Token"] = "response-header-" + plant
    response["Set-Authorization"] = "Bearer response-bearer-" + plant
    return response


def leak_texts(request):
    """Secrets that no name but the text itself gives away."""
    plant = settings.PLANT
    logger.info("connecting with password=text-log-%s to %s", plant, "visible-host")
    logger.info("headers: {'Authorization': 'Bearer text-dict-%s'}", plant)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM oddities_note WHERE token = 'text-sql-" + plant + "'")
    messages.info(request, "Your api_key: text-message-" + plant)
    cache.set("page", "https://somebody:text-url-" + plant + "@proof.example/")
    logger.warning("Error 111 connecting to redis://:text-url-%s@proof.example:6379/0", plant)
    logger.warning("cloning https://text-userinfo-%s@proof.example/repository.git", plant)
    raise ValueError("refused with secret=text-exception-" + plant)


class Holder:
    def __init__(self, plant):
        self.api_token = "object-attribute-" + plant
        self.colour = "visible-attribute"

    def __repr__(self):
        return "Holder(api_token=%r)" % self.api_token


Pair = collections.namedtuple("Pair", "name password")


def leak_objects(request):
    """Objects with secrets inside: among the locals, in the context and in the session, and behind an error."""
    plant = settings.PLANT
    holder = Holder(plant)
    pairs = [Pair("visible-name", "object-namedtuple-" + plant)]
    note = Note.objects.create(title="visible-title", token="object-model-" + plant)
    rows = [{"name": "a", "passwd": "object-row-" + plant}]
    raw_key = {"private_key": ("object-bytes-" + plant).encode()}
    request.session["wizard"] = {"step": {"password": "object-session-" + plant}}
    context = {
        "holder": holder,
        "pairs": pairs,
        "note": note,
        "rows": rows,
        "raw": raw_key,
        "wanted": "",
        "value": holder,
    }
    response = render(request, "oddities/nasty.html", context)
    if "raise" not in request.GET:
        return response
    try:
        connect_to_vault("argument-" + plant)
    except KeyError as error:
        raise RuntimeError("no vault") from error


def connect_to_vault(vault_password):
    raise KeyError(vault_password)


def leak_page(request):
    context = {
        "wanted": "",
        "client_secret": "context-secret-" + settings.PLANT,
        "options": {"password": "context-nested-" + settings.PLANT},
    }
    return render(request, "oddities/leak.html", context)


@method_decorator(csrf_exempt, name="dispatch")
class Classy(View):
    def get(self, request, *args, **kwargs):
        return HttpResponse("got")

    def post(self, request, *args, **kwargs):
        return JsonResponse({"posted": request.POST.dict()})
