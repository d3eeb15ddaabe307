from django.http import HttpResponse

from django.urls import path

app_name = "blog"


def index(request):
    return HttpResponse()


urlpatterns = [path("posts/", index, name="index")]
