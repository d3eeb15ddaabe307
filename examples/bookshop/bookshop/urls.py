from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

admin.site.site_header = "Bookshop: back office"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("basket/", include("orders.urls")),
    path("api/v1/", include(("api.urls", "api"), namespace="v1")),
    path("reports/", include("reports.urls", namespace="reports")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("catalog.urls")),
]

urlpatterns += i18n_patterns(
    path(_("help/"), include("pages.urls")),
    prefix_default_language=False,
)

urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)

handler403 = "bookshop.views.permission_denied"
handler404 = "bookshop.views.page_not_found"
