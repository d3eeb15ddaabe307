"""Middleware of the whole site: one measures every request, one refuses those that break a house rule."""

import logging
import re
import time

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpResponseForbidden
from django.template.loader import render_to_string
from django.utils.decorators import sync_and_async_middleware

logger = logging.getLogger("bookshop.rules")

LINK = re.compile(r"https?://", re.IGNORECASE)


@sync_and_async_middleware
def timing(get_response):
    """Tell the browser how long the site took, in its Server-Timing header."""

    def measured(response, started):
        response.headers["Server-Timing"] = f"app;dur={(time.perf_counter() - started) * 1000:.1f}"
        return response

    if iscoroutinefunction(get_response):

        async def middleware(request):
            started = time.perf_counter()
            return measured(await get_response(request), started)

    else:

        def middleware(request):
            started = time.perf_counter()
            return measured(get_response(request), started)

    return middleware


class HouseRulesMiddleware:
    """Refuse greedy robots before anything is resolved, and texts full of links before the view runs."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.refused_agents = re.compile("|".join(map(re.escape, settings.BOOKSHOP_REFUSED_AGENTS)), re.IGNORECASE)

    def __call__(self, request):
        if self.refused_agents.search(request.headers.get("User-Agent", "")):
            return self.refuse(request, "Robots of this kind are not welcome here.")
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if request.method != "POST":
            return None
        links = len(LINK.findall(request.POST.get("text", "")))
        if links > settings.BOOKSHOP_MAX_LINKS_IN_TEXT:
            return self.refuse(request, f"A text with {links} links looks like an advertisement.")
        return None

    def refuse(self, request, reason):
        logger.warning("Refused %s %s: %s", request.method, request.path, reason)
        return HttpResponseForbidden(render_to_string("403.html", {"reason": reason}, request))
