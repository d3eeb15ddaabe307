"""Plain data that pydantic shapes into models: which URLconf is mounted where."""

from typing import Optional

from pydantic import BaseModel, Field, RootModel


class Urls(BaseModel):
    path: str = Field(default="")
    module: str
    namespace: Optional[str] = None


class App(BaseModel):
    name: Optional[str] = None
    urls: Optional[Urls] = None


class Apps(RootModel):
    root: list[App]


class ByName(BaseModel):
    apps: dict[str, App]


APPS = Apps(
    [
        {"name": "django.contrib.humanize"},
        {"name": "project.blog", "urls": {"path": "blog/", "module": "project.blog"}},
        {"urls": {"module": "project.blog", "namespace": "again"}},
    ]
).root
NAMED = ByName.model_validate({"apps": {"shop": {"urls": {"path": "shop/", "module": "project.blog"}}}}).apps
