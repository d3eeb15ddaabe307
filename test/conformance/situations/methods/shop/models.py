from django.db import models


class Item(models.Model):
    title = models.CharField(max_length=80)
    parts = models.ManyToManyField("self", symmetrical=False)
    owner = models.ForeignKey("auth.User", on_delete=models.CASCADE, related_name="things")
