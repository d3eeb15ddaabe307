SECRET_KEY = "unsafe"
ROOT_URLCONF = "urls_www"
ROOT_HOSTCONF = "hostconf"
DEFAULT_HOST = "www"
INSTALLED_APPS = ["django_hosts"]
MIDDLEWARE = ["django_hosts.middleware.HostsRequestMiddleware", "django_hosts.middleware.HostsResponseMiddleware"]
