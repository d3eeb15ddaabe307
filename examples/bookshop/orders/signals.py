from django.dispatch import Signal

# Sent with `order` once an order and its lines are stored.
order_placed = Signal()
