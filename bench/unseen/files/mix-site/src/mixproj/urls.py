from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib import admin

from django.urls import include, path

urlpatterns = [
    path("admin/doc/", include("django.contrib.admindocs.urls")),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("two_factor/plugins/webauthn/urls/", include("two_factor.plugins.webauthn.urls")),
    path("hijack/urls/", include("hijack.urls")),
    path("rosetta/urls/", include("rosetta.urls")),
    path("waffle/urls/", include("waffle.urls")),
    path("tinymce/urls/", include("tinymce.urls")),
    path("django_summernote/urls/", include("django_summernote.urls")),
    path("django_select2/urls/", include("django_select2.urls")),
    path("captcha/urls/", include("captcha.urls")),
    path("avatar/urls/", include("avatar.urls")),
    path("avatar/api/urls/", include("avatar.api.urls")),
    path("django_contact_form/urls/", include("django_contact_form.urls")),
    path("django_registration/backends/activation/urls/", include("django_registration.backends.activation.urls")),
    path("django_comments/urls/", include("django_comments.urls")),
    path("newsletter/urls/", include("newsletter.urls")),
    path("actstream/urls/", include("actstream.urls")),
    path("schedule/urls/", include("schedule.urls")),
    path("django_su/urls/", include("django_su.urls")),
    path("impersonate/urls/", include("impersonate.urls")),
    path("loginas/urls/", include("loginas.urls")),
    path("robots/urls/", include("robots.urls")),
    path("cookie_consent/urls/", include("cookie_consent.urls")),
    path("django_rq/urls/", include("django_rq.urls")),
    path("django_celery_results/urls/", include("django_celery_results.urls")),
    path("maintenance_mode/urls/", include("maintenance_mode.urls")),
    path("helpdesk/urls/", include("helpdesk.urls")),
    path("wiki/urls/", include("wiki.urls")),
    path("wiki/plugins/attachments/urls/", include("wiki.plugins.attachments.urls")),
    path(
        "fobi/contrib/plugins/form_handlers/db_store/urls/", include("fobi.contrib.plugins.form_handlers.db_store.urls")
    ),
    path("hordak/urls/", include("hordak.urls")),
    path("django_ledger/urls/", include("django_ledger.urls")),
    path("nested_admin/urls/", include("nested_admin.urls")),
    path("grappelli/urls/", include("grappelli.urls")),
    path("organizations/urls/", include("organizations.urls")),
    path("groups_manager/urls/", include("groups_manager.urls")),
    path("postman/urls/", include("postman.urls")),
    path("user_sessions/urls/", include("user_sessions.urls")),
    path("django_browser_reload/urls/", include("django_browser_reload.urls")),
    path("anymail/urls/", include("anymail.urls")),
    path("django_ses/urls/", include("django_ses.urls")),
    path("baton/urls/", include("baton.urls")),
    path("martor/urls/", include("martor.urls")),
    path("mdeditor/urls/", include("mdeditor.urls")),
    path("django_plotly_dash/urls/", include("django_plotly_dash.urls")),
    path("comment/urls/", include("comment.urls")),
    path("hitcount/urls/", include("hitcount.urls")),
    path("star_ratings/urls/", include("star_ratings.urls")),
]
urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
urlpatterns += i18n_patterns(
    path("django_ckeditor_5/urls/", include("django_ckeditor_5.urls")),
    path("invitations/urls/", include("invitations.urls")),
    path("django_registration/backends/one_step/urls/", include("django_registration.backends.one_step.urls")),
    path("photologue/urls/", include("photologue.urls")),
    path("private_storage/urls/", include("private_storage.urls")),
    path("django_unicorn/urls/", include("django_unicorn.urls")),
    path("example_project/urls/", include("example_project.urls")),
    path("smart_selects/urls/", include("smart_selects.urls")),
    path("pwa/urls/", include("pwa.urls")),
    path("markdownx/urls/", include("markdownx.urls")),
    path("comment/api/urls/", include("comment.api.urls")),
)
