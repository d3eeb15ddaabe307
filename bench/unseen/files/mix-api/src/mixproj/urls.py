from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib import admin

from django.urls import include, path

urlpatterns = [
    path("admin/doc/", include("django.contrib.admindocs.urls")),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("rest_framework/urls/", include("rest_framework.urls")),
    path("tutorial/urls/", include("tutorial.urls")),
    path("djoser/social/urls/", include("djoser.social.urls")),
    path("djoser/urls/", include("djoser.urls")),
    path("knox/urls/", include("knox.urls")),
    path("django_rest_passwordreset/urls/", include("django_rest_passwordreset.urls")),
    path("oauth2_provider/urls/", include("oauth2_provider.urls")),
    path("durin/urls/", include("durin.urls")),
    path("rest_registration/api/urls/", include("rest_registration.api.urls")),
    path(
        "rest_registration/contrib/verification_redirects/urls/",
        include("rest_registration.contrib.verification_redirects.urls"),
    ),
    path("allauth/urls/", include("allauth.urls")),
    path("allauth/account/urls/", include("allauth.account.urls")),
    path("allauth/idp/urls/", include("allauth.idp.urls")),
    path("allauth/socialaccount/urls/", include("allauth.socialaccount.urls")),
    path("allauth/usersessions/urls/", include("allauth.usersessions.urls")),
    path("allauth/headless/spec/urls/", include("allauth.headless.spec.urls")),
    path("social_django/urls/", include("social_django.urls")),
    path("mozilla_django_oidc/urls/", include("mozilla_django_oidc.urls")),
    path("djangosaml2/urls/", include("djangosaml2.urls")),
    path("django_prometheus/urls/", include("django_prometheus.urls")),
    path("silk/urls/", include("silk.urls")),
    path("debug_toolbar/urls/", include("debug_toolbar.urls")),
    path("explorer/urls/", include("explorer.urls")),
    path("django_eventstream/urls/", include("django_eventstream.urls")),
]
urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
urlpatterns += i18n_patterns(
    path("dj_rest_auth/urls/", include("dj_rest_auth.urls")),
    path("webpush/urls/", include("webpush.urls")),
    path("allauth/headless/urls/", include("allauth.headless.urls")),
    path("djstripe/urls/", include("djstripe.urls")),
    path("watchman/urls/", include("watchman.urls")),
)
