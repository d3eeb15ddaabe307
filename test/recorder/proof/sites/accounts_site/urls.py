from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from rest_framework import decorators, permissions, response, routers, serializers, viewsets

from django.urls import include, path


class UserSerializer(serializers.ModelSerializer):
    class Meta:
        model = get_user_model()
        fields = ["id", "username", "email", "groups"]


class GroupSerializer(serializers.ModelSerializer):
    class Meta:
        model = Group
        fields = ["id", "name"]


class UserViewSet(viewsets.ModelViewSet):
    queryset = get_user_model().objects.order_by("id")
    serializer_class = UserSerializer

    @decorators.action(detail=True, methods=["get", "post"])
    def greet(self, request, pk=None):
        return response.Response({"hello": self.get_object().username, "sent": request.data})


class GroupViewSet(viewsets.ModelViewSet):
    queryset = Group.objects.order_by("id")
    serializer_class = GroupSerializer
    permission_classes = [permissions.AllowAny]


@decorators.api_view(["GET", "POST"])
@decorators.permission_classes([permissions.AllowAny])
def echo(request):
    return response.Response({"query": request.query_params, "data": request.data})


router = routers.DefaultRouter()
router.register("users", UserViewSet)
router.register("groups", GroupViewSet)

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("api/", include(router.urls)),
    path("api/echo/", echo, name="echo"),
]
