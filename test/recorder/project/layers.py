"""Middleware of every form, for tests that put their own in force."""

import asyncio

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.utils.decorators import async_only_middleware, sync_and_async_middleware


def plain(get_response):
    def middleware(request):
        request.seen_by = "plain"
        return get_response(request)

    return middleware


@sync_and_async_middleware
def both(get_response):
    if asyncio.iscoroutinefunction(get_response):

        async def middleware(request):
            request.ran = "async"
            return await get_response(request)

    else:

        def middleware(request):
            request.ran = "sync"
            return get_response(request)

    return middleware


@async_only_middleware
def coroutines_only(get_response):
    async def middleware(request):
        response = await get_response(request)
        response["X-Awaited"] = "1"
        return response

    return middleware


class OtherUrls:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.urlconf = "project.inner"
        return self.get_response(request)


class Rewrites:
    """Changes all of a response that can be changed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.status_code = 203
        response.content = b"rewritten and longer than it was"
        response["Content-Type"] = "text/x-rewritten"
        del response["X-Gone"]
        response.delete_cookie("old")
        return response


def gives(get_response):
    def middleware(request):
        response = get_response(request)
        response["X-Gone"] = "soon"
        return response

    return middleware


class Refuses:
    """Raises what ``?refuse=`` names, in the hook it names."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.GET.get("refuse") == "suspicious":
            raise SuspiciousOperation("the form was tampered with")
        if request.GET.get("refuse") == "denied":
            raise PermissionDenied("members alone")
        if request.GET.get("refuse") == "answer":
            return HttpResponse("closed", status=451)
        return self.get_response(request)
