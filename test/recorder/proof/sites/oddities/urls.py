from django.contrib import admin

from django.urls import include, path, re_path

from . import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("page/", views.page, name="page"),
    path("ping/", views.ping, name="ping"),
    path("marked/<str:mark>/", views.marked, name="marked"),
    path("async/<str:mark>/", views.marked_async, name="async"),
    path("stream/", views.stream, name="stream"),
    path("classy/", views.Classy.as_view(), name="classy"),
    path("session/", views.changes_session, name="session"),
    path("lazy-user/", views.lazy_user, name="lazy_user"),
    path("raises/", views.raises, name="raises"),
    path("nasty/<slug:kind>/", views.nasty_value, name="nasty"),
    path(
        "body/",
        include(
            [
                path("post-first/", views.post_then_body),
                path("body-first/", views.body_then_post),
                path("in-parts/", views.read_in_parts),
                path("unread/", views.never_reads),
                path("upload/", views.save_upload),
            ]
        ),
    ),
    path("leak/echo/", views.echo),
    path("leak/encoded/", views.leak_encoded),
    re_path(r"^leak/reset/(?P<token>[^/]+)/$", views.echo),
    path("leak/locals/", views.leak_locals),
    path("leak/post/", views.leak_post),
    path("leak/response/", views.leak_response),
    path("leak/page/", views.leak_page),
    path("leak/texts/", views.leak_texts),
    path("leak/objects/", views.leak_objects),
    path("accounts/", include("django.contrib.auth.urls")),
]
