import logging

from django.core.mail import send_mail
from django.db.models import F
from django.dispatch import receiver
from django.template.loader import render_to_string

from catalog.models import Book

from .signals import order_placed

logger = logging.getLogger(__name__)


@receiver(order_placed)
def take_from_stock(sender, order, **kwargs):
    for line in order.lines.all():
        Book.objects.filter(pk=line.book_id).update(stock=F("stock") - line.copies)


@receiver(order_placed)
def confirm_by_mail(sender, order, **kwargs):
    text = render_to_string("orders/mail/confirmation.txt", {"order": order})
    send_mail(f"Your order no. {order.pk}", text, None, [order.email])
    logger.info("%s: confirmation sent", order)
