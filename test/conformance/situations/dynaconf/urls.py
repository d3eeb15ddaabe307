import views
from django.conf import settings

from django.urls import path

urlpatterns = [path(f"{section}/", views.index, name=section) for section in settings.SECTIONS]
urlpatterns += [path(f"step/{number}/", views.other) for number in range(settings.STEP)]
