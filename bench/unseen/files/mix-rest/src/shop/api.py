from adrf.routers import DefaultRouter as AsyncRouter
from adrf.viewsets import ViewSet as AsyncViewSet
from ninja import NinjaAPI, Router
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework_extensions.mixins import NestedViewSetMixin
from rest_framework_extensions.routers import ExtendedSimpleRouter
from rest_framework_nested.routers import DefaultRouter, NestedDefaultRouter

from .models import Product, Review


class ProductSerializer(serializers.ModelSerializer):
    class Meta:
        model = Product
        fields = "__all__"


class ProductViewSet(NestedViewSetMixin, viewsets.ModelViewSet):
    queryset = Product.objects.all()
    serializer_class = ProductSerializer

    @action(detail=True, methods=["post", "delete"], url_path=r"rate/(?P<stars>\d)")
    def rate(self, request, pk=None, stars=None):
        return Response()

    @rate.mapping.put
    def rate_again(self, request, pk=None, stars=None):
        return Response()


class ReviewViewSet(NestedViewSetMixin, viewsets.ReadOnlyModelViewSet):
    queryset = Review.objects.all()
    serializer_class = ProductSerializer


class Pings(AsyncViewSet):
    async def list(self, request):
        return Response()

    @action(detail=False)
    async def deep(self, request):
        return Response()


router = DefaultRouter()
router.register("products", ProductViewSet)
nested = NestedDefaultRouter(router, "products", lookup="product")
nested.register("reviews", ReviewViewSet, basename="product-reviews")
extended = ExtendedSimpleRouter()
extended.register("goods", ProductViewSet, basename="good").register(
    "marks", ReviewViewSet, basename="goods-mark", parents_query_lookups=["product"]
)
aio = AsyncRouter()
aio.register("pings", Pings, basename="ping")
api = NinjaAPI(title="shop", version="2", urls_namespace="shop2")
sub = Router()


@api.get("/items/{int:item}", url_name="item")
def item(request, item: int):
    return {}


@api.post("/items/{int:item}")
def change(request, item: int, note: str | None = None):
    return {}


@sub.api_operation(["PATCH", "PUT"], "/{path:rest}")
def rest(request, rest: str):
    return {}


api.add_router("/sub", sub, tags=["sub"])
