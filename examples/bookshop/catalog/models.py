from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Avg, Count
from django.urls import reverse

from . import isbn
from .uploads import validate_image


def validate_isbn(value):
    if not isbn.is_valid(value):
        raise ValidationError("%(value)s is not an ISBN of 13 digits.", params={"value": value})


class Author(models.Model):
    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    about = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("catalog:author", args=[self.slug])


class Genre(models.Model):
    name = models.CharField(max_length=60)
    slug = models.SlugField(unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("catalog:genre", args=[self.slug])


class BookQuerySet(models.QuerySet):
    def for_shelf(self):
        """All that a card on the shelf shows: one query for the books, one for their genres."""
        return self.select_related("author").prefetch_related("genres").with_rating().order_by("title")

    def with_rating(self):
        return self.annotate(rating=Avg("reviews__rating"), review_count=Count("reviews", distinct=True))

    def matching(self, words):
        found = self
        for word in words.split():
            found = found.filter(
                models.Q(title__icontains=word) | models.Q(author__name__icontains=word) | models.Q(isbn__contains=word)
            )
        return found


class Book(models.Model):
    title = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")
    genres = models.ManyToManyField(Genre, related_name="books", blank=True)
    isbn = models.CharField("ISBN", max_length=13, unique=True, validators=[validate_isbn])
    published = models.DateField()
    pages = models.PositiveSmallIntegerField(default=200)
    price = models.DecimalField(max_digits=6, decimal_places=2, validators=[MinValueValidator(Decimal(0))])
    stock = models.PositiveIntegerField(default=0)
    summary = models.TextField()
    cover = models.FileField(upload_to="covers", blank=True)

    objects = BookQuerySet.as_manager()

    class Meta:
        ordering = ["title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("catalog:book", args=[self.slug])


class Review(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="reviews")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reviews")
    rating = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    text = models.TextField(max_length=2000)
    cover = models.FileField("photo of your copy", upload_to="reviews", blank=True, validators=[validate_image])
    written = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-written", "-pk"]

    def __str__(self):
        return f"{self.reader} on {self.book}"
