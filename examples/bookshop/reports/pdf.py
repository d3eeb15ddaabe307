"""The smallest PDF writer that a price list needs: pages of text in Helvetica, A4, points from the top left."""

WIDTH, HEIGHT = 595, 842
FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold"}


class Document:
    def __init__(self, title):
        self.title = title
        self.pages = [[]]

    def new_page(self):
        self.pages.append([])

    def text(self, x, y, text, size=10, bold=False):
        font = "F2" if bold else "F1"
        self.pages[-1].append(f"BT /{font} {size} Tf {x} {HEIGHT - y} Td ({escaped(text)}) Tj ET")

    def line(self, x1, y1, x2, y2):
        self.pages[-1].append(f"0.5 w {x1} {HEIGHT - y1} m {x2} {HEIGHT - y2} l S")

    def objects(self):
        """The PDF objects in order; the first has the number 1."""
        first_page = 4 + len(FONTS)
        kids = " ".join(f"{first_page + 2 * n} 0 R" for n in range(len(self.pages)))
        fonts = " ".join(f"/{name} {4 + n} 0 R" for n, name in enumerate(FONTS))
        yield b"<< /Type /Catalog /Pages 2 0 R >>"
        yield f"<< /Type /Pages /Kids [{kids}] /Count {len(self.pages)} >>".encode()
        yield f"<< /Title ({escaped(self.title)}) >>".encode("cp1252")
        for name in FONTS.values():
            yield f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
        for number, commands in enumerate(self.pages):
            content = "\n".join(commands).encode("cp1252", "replace")
            yield (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
                f"/Resources << /Font << {fonts} >> >> /Contents {first_page + 2 * number + 1} 0 R >>"
            ).encode()
            yield b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content)

    def render(self):
        out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
        offsets = []
        for number, body in enumerate(self.objects(), start=1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
        out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        out += b"trailer\n<< /Size %d /Root 1 0 R /Info 3 0 R >>\n" % (len(offsets) + 1)
        out += b"startxref\n%d\n%%%%EOF\n" % start
        return bytes(out)


def escaped(text):
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
