"""Views that ask another server: ``?url=`` names it."""

from django.conf import settings
from django.http import JsonResponse


def by_urllib3(request):
    import urllib3

    answer = urllib3.PoolManager(retries=False).request("GET", request.GET["url"])
    return JsonResponse({"status": answer.status, "text": answer.data.decode()})


def by_requests(request):
    import requests

    answer = requests.post(request.GET["url"], data={"a": 1}, auth=("me", settings.SERVICE_API_KEY), timeout=5)
    return JsonResponse({"status": answer.status_code, "text": answer.text})


def by_httpx(request):
    import httpx

    answer = httpx.get(request.GET["url"], trust_env=False)
    return JsonResponse({"status": answer.status_code, "text": answer.text})


async def by_async_httpx(request):
    import httpx

    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(request.GET["url"])
    return JsonResponse({"status": answer.status_code, "text": answer.text})
