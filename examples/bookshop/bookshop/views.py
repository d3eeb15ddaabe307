"""The site's own error pages."""

import difflib

from django.shortcuts import render

from catalog.models import Book


def page_not_found(request, exception, template_name="404.html"):
    """Suggest books whose address looks like the one that was asked for."""
    asked = request.path.strip("/").rsplit("/", 1)[-1]
    titles = dict(Book.objects.values_list("slug", "title"))
    near = difflib.get_close_matches(asked, titles, n=3, cutoff=0.5)
    suggestions = [(slug, titles[slug]) for slug in near]
    return render(request, template_name, {"asked": request.path, "suggestions": suggestions}, status=404)


def permission_denied(request, exception, template_name="403.html"):
    return render(request, template_name, {"reason": str(exception) or "This page is not open to you."}, status=403)
