class Year:
    regex = "[0-9]{4}"

    def to_python(self, value):
        if value < "1900":
            raise ValueError("too old")
        return int(value)

    def to_url(self, value):
        return "%04d" % value
