from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib import admin

from django.urls import include, path

urlpatterns = [
    path("admin/doc/", include("django.contrib.admindocs.urls")),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("wagtail/admin/urls/", include("wagtail.admin.urls")),
    path("wagtail/documents/urls/", include("wagtail.documents.urls")),
    path("wagtail_footnotes/urls/", include("wagtail_footnotes.urls")),
    path("wagtail_ab_testing/urls/", include("wagtail_ab_testing.urls")),
    path("grapple/urls/", include("grapple.urls")),
    path("wagtailvideos/urls/", include("wagtailvideos.urls")),
    path("wagtail_content_import/urls/", include("wagtail_content_import.urls")),
    path("wagtail_content_import/pickers/microsoft/urls/", include("wagtail_content_import.pickers.microsoft.urls")),
    path("wagtail_oauth2/urls/", include("wagtail_oauth2.urls")),
]
urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
urlpatterns += i18n_patterns(
    path("wagtail_transfer/urls/", include("wagtail_transfer.urls")),
    path("wagtail_qrcode/urls/", include("wagtail_qrcode.urls")),
)
