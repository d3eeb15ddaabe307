from django.db import models


class Note(models.Model):
    title = models.CharField(max_length=100)
    text = models.TextField(blank=True)
    token = models.CharField(max_length=200, blank=True)

    def __str__(self):
        return self.title


class Chatty(models.Model):
    """A model whose representation asks the database, as careless ones do."""

    title = models.CharField(max_length=100)

    def __str__(self):
        return "%s of %d" % (self.title, Note.objects.count())

    __repr__ = __str__
