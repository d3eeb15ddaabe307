from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from catalog.models import Book

from .forms import CheckoutForm
from .models import OrderLine
from .signals import order_placed


class BasketView(TemplateView):
    template_name = "orders/basket.html"

    def get_context_data(self, **kwargs):
        lines = self.request.basket.lines()
        return super().get_context_data(lines=lines, total=sum(price for *_, price in lines), **kwargs)


@require_POST
def add(request, slug):
    book = get_object_or_404(Book, slug=slug)
    request.basket.add(book)
    messages.success(request, f"“{book}” is in your basket.")
    return redirect("orders:basket")


@require_POST
def remove(request, slug):
    request.basket.remove(get_object_or_404(Book, slug=slug))
    return redirect("orders:basket")


@login_required
def checkout(request):
    """Turn the basket into an order, and tell those who wait for it."""
    if not request.basket:
        messages.info(request, "Your basket is empty.")
        return redirect("orders:basket")
    form = CheckoutForm(request.POST or None, initial={"email": request.user.email})
    if form.is_valid():
        order = place(form, request)
        messages.success(request, f"Thank you! Your order has the number {order.pk}.")
        return redirect("accounts:profile")
    return render(request, "orders/checkout.html", {"form": form, "lines": request.basket.lines()})


@transaction.atomic
def place(form, request):
    order = form.save(commit=False)
    order.customer = request.user
    order.save()
    OrderLine.objects.bulk_create(
        OrderLine(order=order, book=book, copies=copies, price=book.price) for book, copies, _ in request.basket.lines()
    )
    order_placed.send(sender=type(order), order=order)
    request.basket.empty()
    return order
