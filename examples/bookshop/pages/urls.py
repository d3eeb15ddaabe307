from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from . import views

app_name = "pages"

urlpatterns = [
    path("", TemplateView.as_view(template_name="pages/help.html"), name="help"),
    path(_("contact/"), views.Contact.as_view(), name="contact"),
]
