from django.contrib import admin
from import_export.admin import ImportExportModelAdmin
from unfold.admin import ModelAdmin

from .models import Product, Review


@admin.register(Product)
class ProductAdmin(ModelAdmin, ImportExportModelAdmin):
    pass


admin.site.register(Review, ModelAdmin)
