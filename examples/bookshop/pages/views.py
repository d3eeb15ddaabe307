from django.contrib import messages
from django.core.mail import send_mail
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView

from .forms import ContactForm


class Contact(FormView):
    form_class = ContactForm
    template_name = "pages/contact.html"
    success_url = reverse_lazy("pages:help")

    def form_valid(self, form):
        question = form.cleaned_data
        send_mail("A question from the site", question["text"], question["email"], ["desk@bookshop.example"])
        messages.success(self.request, _("Thank you, we will answer soon."))
        return super().form_valid(form)
