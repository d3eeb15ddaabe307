from debug_toolbar.toolbar import debug_toolbar_urls
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from drf_yasg import openapi
from drf_yasg.views import get_schema_view
from knox import views as knox_views

from django.urls import include, path, re_path

from . import api

schema = get_schema_view(openapi.Info(title="Shop", default_version="v1"), public=True)

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("_allauth/", include("allauth.headless.urls")),
    path("", include("allauth.idp.urls")),
    path("hijack/", include("hijack.urls")),
    path("auth/", include("djoser.urls")),
    path("auth/", include("djoser.urls.authtoken")),
    path("rest/", include("dj_rest_auth.urls")),
    path("rest/registration/", include("dj_rest_auth.registration.urls")),
    path("silk/", include("silk.urls", namespace="silk")),
    path("", include("django_prometheus.urls")),
    path("rosetta/", include("rosetta.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("schema/ui/", SpectacularSwaggerView.as_view(url_name="schema")),
    re_path(r"^swagger(?P<format>\.json|\.yaml)$", schema.without_ui(cache_timeout=0), name="schema-json"),
    path("redoc/", schema.with_ui("redoc", cache_timeout=0), name="schema-redoc"),
    path("knox/", include("knox.urls")),
    path("login/", knox_views.LoginView.as_view()),
    path("api/", include((api.router.urls + api.nested.urls, "api"), namespace="v1")),
    path("ext/", include(api.extended.urls)),
    path("aio/", include(api.aio.urls)),
    path("ninja/", api.api.urls),
    *debug_toolbar_urls(),
]
urlpatterns += i18n_patterns(
    path("products/", include((api.router.get_urls(), "localized"))), prefix_default_language=False
)
