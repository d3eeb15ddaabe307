from django.core.cache import cache

from .models import Genre

GENRES_KEY = "catalog.genres"


def genres(request):
    """The genres for the menu, kept for five minutes."""
    return {"menu_genres": cache.get_or_set(GENRES_KEY, lambda: list(Genre.objects.all()), 300)}
