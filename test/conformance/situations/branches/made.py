"""URLs that functions and methods make: what they leave out stands under their conditions."""

import views
from django.conf import settings

from django.urls import include, path, re_path


def appended():
    patterns = [path("one/", views.index, name="made-one")]
    if settings.DEBUG:
        patterns.append(path("two/", views.other, name="made-two"))
    else:
        patterns += [path("three/", views.other, name="made-three")]
    return patterns


def early(tier):
    if tier == "gold":
        return [path("gold/", views.index, name="gold")]
    if not settings.DEBUG:
        return []
    return [path("early/", views.index, name="early")]


def looped(features):
    patterns = []
    for feature in features:
        if feature == "metrics":
            continue
        patterns.append(re_path(f"^{feature}/about/$", views.other, name=f"{feature}-about"))
    return patterns


def listed(features):
    return [path(f"{feature}/list/", views.other) for feature in features if feature != "metrics"]


def chosen():
    return (
        path("paid/", views.index, name="paid") if settings.TIER == "gold" else path("free/", views.other, name="free")
    )


def imported():
    patterns = []
    try:
        import no_such_toolbar

        patterns.append(path("tools/", include(no_such_toolbar.urls)))
    except ImportError:
        patterns.append(path("no-tools/", views.other, name="no-tools"))
    return patterns


def static(path):
    return path


def images(name):
    if settings.DEBUG and not settings.FEATURES:
        return static(name)
    return name


class Site:
    def get_urls(self):
        return [path("site/", views.index, name="site")]

    @property
    def urls(self):
        return self.get_urls(), "site", "site"


class Extended(Site):
    def get_urls(self):
        urls = super().get_urls()
        if "metrics" in settings.FEATURES:
            urls = [path("site/metrics/", views.other, name="site-metrics"), *urls]
        return urls


def never_called():
    if settings.DEBUG:
        return [path("never/", views.index)]
    return []


images("logo.png")
urlpatterns = [
    *appended(),
    *early(settings.TIER),
    *looped(settings.FEATURES),
    *listed(settings.FEATURES),
    chosen(),
    *imported(),
]
urlpatterns += [path("in/", Extended().urls)]
