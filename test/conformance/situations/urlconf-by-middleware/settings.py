SECRET_KEY = "unsafe"
ROOT_URLCONF = "public.urls"
TENANT_URLCONF = "tenant.urls"
MIDDLEWARE = ["middleware.TenantMiddleware", "middleware.choose"]
