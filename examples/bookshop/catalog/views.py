import logging

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.cache import cache
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET, require_safe
from django.views.generic import CreateView, DetailView, ListView

from .forms import ReviewForm, SearchForm
from .models import Author, Book, Genre, Review
from .samples import sample_of

logger = logging.getLogger(__name__)


@require_safe
def home(request):
    """The front page: what is new, and what readers like best."""
    books = Book.objects.for_shelf()
    context = {
        "newest": books.order_by("-published")[:4],
        "favourites": books.filter(review_count__gt=0).order_by("-rating", "title")[:4],
        "reviews": Review.objects.select_related("book", "reader")[:3],
    }
    return render(request, "catalog/home.html", context)


class BookList(ListView):
    """Every book, or those of one genre."""

    paginate_by = 8
    template_name = "catalog/book_list.html"

    @cached_property
    def genre(self):
        slug = self.kwargs.get("slug")
        return get_object_or_404(Genre, slug=slug) if slug else None

    def get_queryset(self):
        books = Book.objects.for_shelf()
        return books.filter(genres=self.genre) if self.genre else books

    def get_context_data(self, **kwargs):
        return super().get_context_data(heading=self.genre.name if self.genre else "All books", **kwargs)


class BookDetail(DetailView):
    queryset = Book.objects.for_shelf()

    def get_context_data(self, **kwargs):
        reviews = self.object.reviews.select_related("reader")
        return super().get_context_data(reviews=reviews, best=self.best_of_author(), **kwargs)

    def best_of_author(self):
        """The author's other books, kept for a minute."""
        author = self.object.author_id

        def query():
            return list(Book.objects.filter(author=author).with_rating().order_by("-rating")[:4])

        best = cache.get_or_set(f"catalog.best.{author}", query, 60)
        return [book for book in best if book.pk != self.object.pk]


class AuthorDetail(DetailView):
    model = Author

    def get_context_data(self, **kwargs):
        return super().get_context_data(books=self.object.books.for_shelf(), **kwargs)


class ReviewCreate(LoginRequiredMixin, CreateView):
    """The form for a review, with a photo of the reader's own copy."""

    form_class = ReviewForm
    template_name = "catalog/review_form.html"

    @cached_property
    def book(self):
        return get_object_or_404(Book, slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(book=self.book, **kwargs)

    def form_valid(self, form):
        form.instance.book = self.book
        form.instance.reader = self.request.user
        form.save()
        messages.success(self.request, f"Thank you for your review of “{self.book}”.")
        return redirect(self.book)


@require_GET
def search(request):
    form = SearchForm(request.GET or None)
    books = Book.objects.none()
    if form.is_valid():
        wanted = form.cleaned_data
        books = Book.objects.for_shelf().matching(wanted["q"])
        if wanted["genre"]:
            books = books.filter(genres=wanted["genre"])
        if wanted["max_price"] is not None:
            books = books.filter(price__lte=wanted["max_price"])
        logger.info("Search for %r", wanted["q"])
    return render(request, "catalog/search.html", {"form": form, "books": books})


@require_safe
def published_in(request, year):
    books = Book.objects.for_shelf().filter(published__year=year)
    return render(request, "catalog/book_list.html", {"heading": f"Published in {year}", "book_list": books})


@require_safe
def by_isbn(request, isbn):
    return redirect(get_object_or_404(Book, isbn=isbn), permanent=False)


@require_safe
def sample(request, slug):
    """The first chapter, as a file to download."""
    book = get_object_or_404(Book, slug=slug)
    text = sample_of(book)
    if text is None:
        raise Http404(f"There is no sample of {book}")
    return FileResponse(text, as_attachment=True, filename=f"{book.slug}.txt")
