from .models import Chatty, Note


def fill():
    for number in range(12):
        Note.objects.create(title="Note %d" % number, text="text " * number)
    Chatty.objects.create(title="chatty")
