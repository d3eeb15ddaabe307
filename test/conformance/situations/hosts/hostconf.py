from django.conf import settings
from django_hosts import host, patterns

host_patterns = patterns(
    "",
    host(r"www", settings.ROOT_URLCONF, name="www"),
    *[host(rf"{name}(\d+)?", f"urls_{name}", name=name) for name in ("api",)],
)
