"""Views of Django REST framework and django-ninja, where they are installed."""

import importlib.util

from django.urls import include, path


def installed(name):
    return importlib.util.find_spec(name) is not None


urlpatterns = []

if installed("rest_framework"):
    from rest_framework import decorators, response, routers, serializers, views, viewsets

    from .models import Shelf

    class ShelfSerializer(serializers.ModelSerializer):
        class Meta:
            model = Shelf
            fields = ["id", "name"]

    class Shelves(viewsets.ModelViewSet):
        queryset = Shelf.objects.order_by("name")
        serializer_class = ShelfSerializer

        @decorators.action(detail=False, methods=["get"])
        def longest(self, request):
            return response.Response({"longest": max((shelf.name for shelf in self.queryset.all()), default="")})

    class Clock(views.APIView):
        def get(self, request, zone):
            return response.Response({"zone": zone})

    @decorators.api_view(["GET", "POST"])
    def echoed(request):
        return response.Response({"sent": request.data})

    router = routers.SimpleRouter()
    router.register("shelves", Shelves)
    urlpatterns += [
        path("rest/", include(router.urls)),
        path("rest/clock/<str:zone>/", Clock.as_view()),
        path("rest/echoed/", echoed),
    ]

if installed("ninja"):
    from ninja import NinjaAPI, Schema

    api = NinjaAPI(urls_namespace="recorder-project", docs_url=None)

    class Thing(Schema):
        name: str

    @api.get("/things/{number}")
    def read_thing(request, number: int):
        return {"number": number}

    @api.post("/things/{number}")
    def write_thing(request, number: int, thing: Thing):
        return {"number": number, "name": thing.name}

    @api.get("/later")
    async def read_later(request):
        return {"later": True}

    urlpatterns += [path("ninja/", api.urls)]
