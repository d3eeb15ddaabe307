import logging

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from .context_processors import GENRES_KEY
from .models import Genre, Review

logger = logging.getLogger(__name__)


@receiver([post_save, post_delete], sender=Genre)
def forget_menu(sender, **kwargs):
    cache.delete(GENRES_KEY)


@receiver(post_save, sender=Review)
def note_new_review(sender, instance, created, **kwargs):
    if created:
        cache.delete(f"catalog.best.{instance.book.author_id}")
        logger.info("%s gave %s stars to %r", instance.reader, instance.rating, instance.book.title)
