from django.db import models


class Shelf(models.Model):
    name = models.CharField(max_length=50)

    def __str__(self):
        raise AssertionError("the recorder called __str__")

    __repr__ = __str__


class Book(models.Model):
    shelf = models.ForeignKey(Shelf, on_delete=models.CASCADE, related_name="books")
    title = models.CharField(max_length=50)
    api_token = models.CharField(max_length=50, default="")
