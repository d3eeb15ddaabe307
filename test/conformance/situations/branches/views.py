from django.http import HttpResponse


def index(request, **kwargs):
    return HttpResponse("index")


def other(request, **kwargs):
    return HttpResponse("other")
