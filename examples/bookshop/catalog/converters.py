"""Path converters of the catalogue."""

from django.urls import register_converter

from . import isbn


class IsbnConverter:
    """An ISBN-13 with or without hyphens; a wrong check digit does not match. Views get the 13 digits alone."""

    regex = r"97[89](?:-?[0-9]){10}"

    def to_python(self, value):
        digits = value.replace("-", "")
        if not isbn.is_valid(digits):
            raise ValueError(f"{value} has a wrong check digit")
        return digits

    def to_url(self, value):
        return value


class YearConverter:
    """A year of four digits, as an int."""

    regex = r"[0-9]{4}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:04d}"


register_converter(IsbnConverter, "isbn")
register_converter(YearConverter, "yyyy")
