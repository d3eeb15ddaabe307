from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import UserCreationForm
from django.contrib.messages.views import SuccessMessageMixin
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.generic import CreateView


class SignUp(SuccessMessageMixin, CreateView):
    form_class = UserCreationForm
    template_name = "accounts/sign_up.html"
    success_url = reverse_lazy("accounts:login")
    success_message = "Welcome, %(username)s. You can log in now."


@login_required
def profile(request):
    context = {
        "orders": request.user.orders.prefetch_related("lines__book"),
        "reviews": request.user.reviews.select_related("book"),
    }
    return render(request, "accounts/profile.html", context)
