from django.contrib import admin, messages
from django.db.models import F
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from .models import Author, Book, Genre, Review


class ReviewInline(admin.TabularInline):
    model = Review
    extra = 0
    fields = ["reader", "rating", "text"]


@admin.register(Book)
class BookAdmin(admin.ModelAdmin):
    list_display = ["title", "author", "published", "price", "stock"]
    list_filter = ["genres", "published"]
    list_select_related = ["author"]
    search_fields = ["title", "author__name", "isbn"]
    prepopulated_fields = {"slug": ["title"]}
    filter_horizontal = ["genres"]
    inlines = [ReviewInline]

    def get_urls(self):
        return [
            path("low-stock/", self.admin_site.admin_view(self.low_stock), name="catalog_book_low_stock"),
            path("<int:book_id>/restock/", self.admin_site.admin_view(self.restock), name="catalog_book_restock"),
            *super().get_urls(),
        ]

    def low_stock(self, request):
        context = {
            **self.admin_site.each_context(request),
            "title": "Books that run out",
            "books": Book.objects.select_related("author").filter(stock__lt=3).order_by("stock", "title"),
            "opts": self.opts,
        }
        return TemplateResponse(request, "catalog/admin/low_stock.html", context)

    def restock(self, request, book_id):
        if request.method == "POST":
            Book.objects.filter(pk=book_id).update(stock=F("stock") + 10)
            self.message_user(request, "Ten more copies are on their way.", messages.SUCCESS)
        return redirect(reverse("admin:catalog_book_low_stock"))


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):
    prepopulated_fields = {"slug": ["name"]}
    search_fields = ["name"]


@admin.register(Genre)
class GenreAdmin(admin.ModelAdmin):
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Review)
class ReviewAdmin(admin.ModelAdmin):
    list_display = ["book", "reader", "rating", "written"]
    list_select_related = ["book", "reader"]
    date_hierarchy = "written"
