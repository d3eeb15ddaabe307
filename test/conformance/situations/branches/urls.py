import views
from debug_urls import urlpatterns as debug_patterns
from django.conf import settings
from django.conf.urls.static import static

from django.urls import include, path

try:
    import no_such_toolbar
except ImportError:
    no_such_toolbar = None

urlpatterns = [
    path("", views.index, name="index"),
    path("fast/", views.index, name="mode") if settings.DEBUG else path("slow/", views.other, name="mode"),
    *([path("shop/", views.index, name="shop")] if "shop" in settings.FEATURES else []),
    *[path(f"{name}/plan/", views.other, name=f"{name}-plan") for name in ("month", "year") if settings.TIER == "gold"],
]
urlpatterns += [path(f"{name}/news/", views.other) for name in settings.FEATURES if name != "metrics"]
urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)

if settings.DEBUG:
    urlpatterns += debug_patterns

urlpatterns.append(path("made/", include("made")))

if settings.TIER == "gold":
    account = include("debug_urls")
else:
    account = include(("debug_urls", "free"))
urlpatterns.append(path("account/", account))

if no_such_toolbar is not None:
    urlpatterns += [path("__debug__/", include(no_such_toolbar.urls))]
elif "metrics" in settings.FEATURES:
    urlpatterns.insert(0, path("metrics/", views.other, name="metrics"))

for name in settings.FEATURES:
    urlpatterns.append(path(f"{name}/help/", views.other, name=f"{name}-help"))
