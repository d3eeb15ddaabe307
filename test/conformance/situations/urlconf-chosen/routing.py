from django.conf import settings

PREFIX = "chosen"


def set_by_header(request, name):
    wanted = request.headers.get(name)
    if wanted:
        setattr(request, "urlconf", urlconf_for(wanted))  # noqa: B010


def urlconf_for(wanted):
    if wanted in settings.BY_HEADER:
        return settings.BY_HEADER[wanted]
    return f"{PREFIX}.fallback"
