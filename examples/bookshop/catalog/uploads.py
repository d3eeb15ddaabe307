"""Judging an uploaded picture by its first bytes: neither its name nor what the browser says can be trusted."""

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat

MAX_BYTES = 1_000_000
SIGNATURES = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF87a": "GIF", b"GIF89a": "GIF"}


def image_format(first_bytes):
    """PNG, JPEG, GIF or WebP; None for anything else."""
    if first_bytes[:4] == b"RIFF" and first_bytes[8:12] == b"WEBP":
        return "WebP"
    return next((name for signature, name in SIGNATURES.items() if first_bytes.startswith(signature)), None)


def validate_image(file):
    if file.size > MAX_BYTES:
        raise ValidationError(f"The picture is larger than {filesizeformat(MAX_BYTES)}.")
    file.seek(0)
    found = image_format(file.read(12))
    file.seek(0)
    if found is None:
        raise ValidationError("Upload a PNG, JPEG, GIF or WebP picture.")
