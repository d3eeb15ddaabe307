import api

from django.urls import include, path

urlpatterns = [
    path("ninja/", api.ninja.urls),
    path("rest/", include(api.router.urls)),
    path("hand/", api.ItemViewSet.as_view({"get": "list", "delete": "destroy"})),
]
