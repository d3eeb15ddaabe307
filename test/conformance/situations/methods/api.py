from django.apps import apps
from ninja import NinjaAPI, Router
from rest_framework import routers, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.mixins import CreateModelMixin, ListModelMixin
from shop.models import Item

ninja = NinjaAPI(urls_namespace="ninja")
nested = Router(tags=["nested"])


@ninja.get("/items", url_name="items")
def list_items(request):
    return []


@ninja.post("/items")
def create_item(request, title: str):
    return title


@ninja.api_operation(["PUT", "PATCH"], "/items/{int:pk}")
def change_item(request, pk: int):
    return pk


@nested.delete("/{key}")
def delete_one(request, key: str):
    return key


@nested.get("/{key}")
def get_one(request, key: str):
    return key


ninja.add_router("/nested", nested)


class ItemSerializer(serializers.ModelSerializer):
    class Meta:
        model = Item
        fields = [field.name for field in Item._meta.fields]


class ItemViewSet(viewsets.ModelViewSet):
    queryset = Item.objects.all()
    serializer_class = ItemSerializer
    filterset_fields = list(ItemSerializer().fields)

    @action(detail=True, methods=["post"], url_path="publish/(?P<when>\\d+)")
    def publish(self, request, pk=None, when=None):
        pass

    @publish.mapping.delete
    def unpublish(self, request, pk=None, when=None):
        pass


class LogViewSet(ListModelMixin, CreateModelMixin, viewsets.GenericViewSet):
    queryset = Item.objects.all()


router = routers.DefaultRouter()
router.register("items", ItemViewSet)
router.register("logs", LogViewSet, basename="log")
for model in apps.get_models(include_auto_created=True):
    router.register(f"raw/{model.__name__.lower()}", LogViewSet, basename=f"raw-{model._meta.model_name}")
