"""The applications that gunicorn and uvicorn load, for whichever settings module the environment names."""


def __getattr__(name):
    if name == "wsgi":
        from django.core.wsgi import get_wsgi_application

        return get_wsgi_application()
    if name == "asgi":
        from django.core.asgi import get_asgi_application

        return get_asgi_application()
    raise AttributeError(name)
