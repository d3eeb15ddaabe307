SECRET_KEY = "unsafe"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "chosen.root"
LOCAL_URLCONF = "chosen.local"
NO_URLCONF = None
LATER_URLCONF = "chosen.latest"
HAS_TYPES = True
TYPES = {"public": {"URLCONF": "chosen.public"}, "shop": {"URLCONF": "chosen.shop"}, "blog": {"URLCONF": "chosen.blog"}}
BY_HEADER = {"a": "chosen.a", "b": "chosen.b"}
MIDDLEWARE = [
    "middleware.Tenant",
    "middleware.Local",
    "middleware.Mapped",
    "middleware.Instance",
    "middleware.helper",
    "middleware.ByFunction",
    "middleware.Listed",
    "middleware.Defaulted",
    "middleware.Helped",
    "middleware.TooLate",
    "middleware.Kept",
]
