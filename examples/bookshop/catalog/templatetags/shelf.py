from django import template
from django.utils.html import format_html

register = template.Library()


@register.filter
def stars(rating):
    """4.3 → ★★★★☆, with the number for those who don't see the stars."""
    if rating is None:
        return "No reviews yet"
    full = round(rating)
    return format_html(
        '<span class="stars" aria-label="{} of 5">{}{}</span>', f"{rating:.1f}", "★" * full, "☆" * (5 - full)
    )


@register.inclusion_tag("catalog/_card.html")
def card(book):
    return {"book": book}
