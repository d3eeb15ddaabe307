from django.dispatch import Signal, receiver

ordered = Signal()


@receiver(ordered)
def note_order(sender, **kwargs):
    return "noted"
