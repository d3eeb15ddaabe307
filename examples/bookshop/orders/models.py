from django.conf import settings
from django.db import models

from catalog.models import Book


class Order(models.Model):
    customer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="orders")
    email = models.EmailField()
    address = models.TextField()
    placed = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-placed", "-pk"]

    def __str__(self):
        return f"Order {self.pk}"

    @property
    def total(self):
        return sum(line.price * line.copies for line in self.lines.all())


class OrderLine(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    book = models.ForeignKey(Book, on_delete=models.PROTECT)
    copies = models.PositiveSmallIntegerField()
    price = models.DecimalField(max_digits=6, decimal_places=2)

    def __str__(self):
        return f"{self.copies} × {self.book}"
