"""First chapters to read before buying: one text file a book, in the folder `samples`."""

from django.conf import settings

FOLDER = settings.BASE_DIR / "samples"


def sample_of(book):
    """The open file, or None where the book has no sample."""
    file = FOLDER / f"{book.slug}.txt"
    return file.open("rb") if file.is_file() else None
