from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib import admin

from django.urls import include, path

urlpatterns = [
    path("admin/doc/", include("django.contrib.admindocs.urls")),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("rest_auth/urls/", include("rest_auth.urls")),
    path("rosetta/urls/", include("rosetta.urls")),
    path("oauth2_provider/urls/", include("oauth2_provider.urls")),
    path("hijack/urls/", include("hijack.urls")),
    path("wiki/plugins/attachments/urls/", include("wiki.plugins.attachments.urls")),
    path("registration/backends/admin_approval/urls/", include("registration.backends.admin_approval.urls")),
    path("registration/backends/default/urls/", include("registration.backends.default.urls")),
    path("registration/backends/simple/urls/", include("registration.backends.simple.urls")),
    path("admin_tools/dashboard/urls/", include("admin_tools.dashboard.urls")),
    path("admin_tools/menu/urls/", include("admin_tools.menu.urls")),
    path("grappelli/urls/", include("grappelli.urls")),
    path("captcha/urls/", include("captcha.urls")),
    path("photologue/urls/", include("photologue.urls")),
    path("jet/urls/", include("jet.urls")),
    path("jet/dashboard/urls/", include("jet.dashboard.urls")),
    path("django_summernote/urls/", include("django_summernote.urls")),
    path("fiber/rest_api/urls/", include("fiber.rest_api.urls")),
    path("djoser/social/urls/", include("djoser.social.urls")),
    path("djoser/urls/", include("djoser.urls")),
    path("social_django/urls/", include("social_django.urls")),
]
urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
urlpatterns += i18n_patterns(
    path("wiki/urls/", include("wiki.urls")),
    path("admin_tools/urls/", include("admin_tools.urls")),
    path("postman/urls/", include("postman.urls")),
    path("watson/urls/", include("watson.urls")),
    path("waffle/urls/", include("waffle.urls")),
)
