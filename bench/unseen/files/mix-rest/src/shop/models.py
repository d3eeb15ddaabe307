from django.db import models


class Product(models.Model):
    name = models.CharField(max_length=20)


class Review(models.Model):
    product = models.ForeignKey(Product, models.CASCADE, related_name="reviews")
