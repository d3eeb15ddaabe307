from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib import admin

from django.urls import include, path

urlpatterns = [
    path("admin/doc/", include("django.contrib.admindocs.urls")),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("organizations/urls/", include("organizations.urls")),
    path("organizations/v0/urls/", include("organizations.v0.urls")),
    path("search/urls/", include("search.urls")),
    path("submissions/urls/", include("submissions.urls")),
    path("edx_api_doc_tools/urls/", include("edx_api_doc_tools.urls")),
    path("csrf/urls/", include("csrf.urls")),
    path("csrf/api/urls/", include("csrf.api.urls")),
    path("csrf/api/v1/urls/", include("csrf.api.v1.urls")),
    path("openedx_tagging/rest_api/urls/", include("openedx_tagging.rest_api.urls")),
    path("openedx_tagging/rest_api/v1/urls/", include("openedx_tagging.rest_api.v1.urls")),
    path("edx_toggles/urls/", include("edx_toggles.urls")),
    path("edx_rbac/urls/", include("edx_rbac.urls")),
    path("notices/rest_api/urls/", include("notices.rest_api.urls")),
    path("notices/rest_api/v1/urls/", include("notices.rest_api.v1.urls")),
    path("edx_name_affirmation/urls/", include("edx_name_affirmation.urls")),
]
urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
urlpatterns += i18n_patterns(
    path("completion/urls/", include("completion.urls")),
    path("openedx_tagging/urls/", include("openedx_tagging.urls")),
    path("notices/urls/", include("notices.urls")),
)
