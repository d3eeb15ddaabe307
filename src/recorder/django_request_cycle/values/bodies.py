"""Bodies, form fields and files, as far as the application read them; nothing is read for the recorder's sake."""

import base64
import html
import os
import re
import zlib

_IMAGE = re.compile(r"image/(?:png|jpe?g|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon)\Z", re.I)
_TEXT = re.compile(
    r"text/|application/(?:[\w.+-]*\+)?(?:json|xml|javascript|ecmascript|x-www-form-urlencoded|graphql|x-ndjson|yaml)\b|image/svg",
    re.I,
)
#: The largest image whose bytes are kept as its own thumbnail.
THUMBNAIL = 64 * 1024
FIELDS = 500


def before_close(cycle, response):
    """Take what closing the request will throw away: uploads' thumbnails, the response's bytes."""
    request = cycle.request
    held = getattr(request, "__dict__", {})
    files = held.get("_files")
    if files:
        cycle.files = [_uploaded(name, file) for name, group in dict.items(files) for file in group if file is not None]
    container = getattr(response, "__dict__", {}).get("_container")
    if type(container) is list and all(type(part) is bytes for part in container):
        cycle.response_body = container[0] if len(container) == 1 else b"".join(container)


def _uploaded(field, file):
    held = file.__dict__
    name = held.get("_name") or ""
    size = held.get("size")
    shown = {
        "field": str(field),
        "name": os.path.basename(str(name)),
        "type": str(held.get("content_type") or ""),
        "size": size if isinstance(size, int) else 0,
    }
    if _IMAGE.match(shown["type"]) and 0 < shown["size"] <= THUMBNAIL:
        data = _upload_bytes(held.get("file"), shown["size"])
        if data:
            shown["data"] = data
    return shown


def _upload_bytes(file, size):
    """The upload's bytes without moving its position: from memory, or from the temporary file's own path."""
    if hasattr(file, "getbuffer"):
        try:
            return bytes(file.getbuffer()[: size + 1])[:size]
        except ValueError:  # closed
            return None
    path = getattr(file, "name", None)
    if isinstance(path, str):
        try:
            with open(path, "rb") as copy:
                return copy.read(size)
        except OSError:
            return None
    return None


def request_body(cycle):
    """``(form, files, body)`` for the capture; each may be ``None``."""
    request = cycle.request
    held = getattr(request, "__dict__", {})
    content_type = (held.get("content_type") or "").lower()
    size = _int(getattr(request, "META", {}).get("CONTENT_LENGTH"))
    post = held.get("_post")
    form = _form(cycle, post, held) if post is not None else None
    files = None
    if cycle.files:
        files = []
        for entry in cycle.files:
            data = entry.pop("data", None)
            if data and not cycle.secrets.occur_in_bytes(data):
                entry["thumbnail"] = "data:%s;base64,%s" % (entry["type"], base64.b64encode(data).decode("ascii"))
            files.append(entry)
    body = held.get("_body")
    if form:
        return form, files, None
    if type(body) is bytes:
        if not body:
            return None, files, None
        return None, files, text_or_bytes(cycle, body, content_type, charset_of(held.get("content_params")), len(body))
    if cycle.read_parts:
        data = b"".join(cycle.read_parts)
        shown = text_or_bytes(cycle, data, content_type, charset_of(held.get("content_params")), size)
        if size is not None and cycle.read_bytes < size:
            shown["notRead"] = True
        return None, files, shown
    if size and not files and not (content_type == "multipart/form-data" and post is not None):
        return None, None, {"size": size, "notRead": True}
    return None, files, None


def _form(cycle, post, held):
    sensitive = held.get("sensitive_post_parameters")
    fields = []
    for name, values in dict.items(post):
        for value in values if type(values) is list else [values]:
            if len(fields) >= FIELDS:
                cycle.lose("form", "more than %d form fields" % FIELDS)
                return fields
            text = str(value)
            field = {"name": str(name), "value": text}
            named = cycle.secrets.is_secret(str(name)) or (sensitive and sensitive != "__ALL__" and name in sensitive)
            if text and (named or sensitive == "__ALL__"):
                # Where every field is declared sensitive, one that the URL shows anyway stays readable there.
                shown = not named and (text in cycle.path or text in cycle.query)
                field["value"] = cycle.secrets.token(text) if shown else cycle.secrets.replace(text)
                field["redacted"] = True
            elif len(text) > 10_000:
                field["value"] = cycle.secrets.hide(text)[:10_000] + "…"
                field["truncated"] = True
            fields.append(field)
    return fields


def charset_of(parameters):
    charset = parameters.get("charset") if isinstance(parameters, dict) else None
    return charset if isinstance(charset, str) else "utf-8"


def is_text(content_type):
    """Whether a body of this media type is shown as text."""
    return not content_type or _TEXT.match(content_type) is not None


def streamed_room(limits, response):
    """How many bytes of a stream are kept, by its type."""
    kind = str(response.get("Content-Type") or "") if hasattr(response, "get") else ""
    if _IMAGE.match(kind.partition(";")[0].strip()):
        return limits.imageBodyBytes
    return limits.textBodyBytes if _TEXT.match(kind) else limits.otherBodyBytes


def response_body(cycle, content_type, charset, encoding):
    """The ``Body`` of the response, or ``None``."""
    data = cycle.response_body
    size = None if data is None else len(data)
    if data is None and cycle.body_parts:
        data, size = b"".join(cycle.body_parts), cycle.streamed
    if not data:
        return {"reason": "the server sent the file itself"} if cycle.sends_file else None
    if cycle.debug_page:
        return {
            "size": size,
            "reason": "Django's debug page is not kept: it prints local variables and the environment",
        }
    if encoding:
        data = decompressed(data, encoding, 4 * max(cycle.limits.textBodyBytes, cycle.limits.imageBodyBytes))
        if data is None:
            return {"size": size, "reason": "content encoding %s" % encoding}
        size = None
    return text_or_bytes(cycle, data, content_type, charset, size, hidden_later=True)


def decompressed(data, encoding, most):
    """At most ``most`` bytes of a gzip or deflate body; ``None`` for what the standard library can't undo."""
    try:
        if encoding == "gzip":
            return zlib.decompressobj(31).decompress(data, most)
        if encoding == "deflate":
            return zlib.decompressobj().decompress(data, most)
    except zlib.error:
        pass
    return None


def text_or_bytes(cycle, data, content_type, charset, size, hidden_later=False):
    """A ``Body`` in bounds. Secrets are hidden before anything is cut, so that none is cut in two.

    ``hidden_later``: the caller hides those of a whole text once every secret of the request is known.
    """
    limits = cycle.limits
    shown = {} if size is None else {"size": size}
    if is_text(content_type):
        most = limits.textBodyBytes
        cut = len(data) > most
        try:
            text = data[: most + 8192].decode(charset or "utf-8", "replace")
        except LookupError:
            text = data[: most + 8192].decode("utf-8", "replace")
        plain = text
        text = hide_named(cycle.secrets, text, content_type)
        partial = size is not None and size > len(data)
        # The mark of a cut has a secret recognised whose end is missing.
        if cut or partial or not hidden_later:
            text = cycle.secrets.hide(text + "…")[:-1] if partial else cycle.secrets.hide(text)
        if cut or partial:
            shown["truncated"] = True
            text = text[: limits.otherBodyBytes if cut else most]
        elif hidden_later and text is plain and "\ufffd" not in text and (charset or "utf-8").lower() == "utf-8":
            cycle.body_as_sent = (text, data)  # encoded again, it would be the same
        shown.update(encoding="utf-8", text=text)
        return shown
    most = limits.imageBodyBytes if _IMAGE.match(content_type) else limits.otherBodyBytes
    if cycle.secrets.occur_in_bytes(data):
        shown["reason"] = "a secret occurs in these bytes"
        return shown
    if len(data) > most or (size is not None and size > len(data) == most):
        if _IMAGE.match(content_type):
            shown["reason"] = "larger than limits.imageBodyBytes"
            return shown
        data = data[:most]
        shown["truncated"] = True
    elif size is not None and size > len(data):
        shown["truncated"] = True
    shown.update(encoding="base64", text=base64.b64encode(data).decode("ascii"))
    return shown


_JSON_FIELD = re.compile(r'"((?:[^"\\]|\\.){1,100})"(\s*:\s*)("(?:[^"\\]|\\.)*"?|-?\d[\d.eE+-]*)')
#: ``<input``, ``<meta`` or ``<textarea``: told apart by the first letter before all else.
_INPUT = re.compile(r"<[imt](?:(?<=i)nput|(?<=m)eta|(?<=t)extarea)\b[^>]{0,2000}>", re.I)
_TAG_NAME = re.compile(r"""\bname\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.I)
_ATTRIBUTE = re.compile(r"""\b(name|type|value|content)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.I)


def hide_named(secrets, text, content_type):
    """Replace values that stand under a secret name in JSON, in a form's fields in HTML, in a query string."""
    if "json" in content_type:
        return _JSON_FIELD.sub(lambda match: _hide_json(secrets, match), text)
    if "html" in content_type:
        for tag in _INPUT.finditer(text):
            _learn_from_tag(secrets, tag.group())
        return text
    if "urlencoded" in content_type:
        return secrets.query(text)
    return text


def _hide_json(secrets, match):
    name, between, value = match.groups()
    if not secrets.is_secret(name):
        return match.group()
    if value.startswith('"'):
        import json

        try:
            plain = json.loads(value if value.endswith('"') and len(value) > 1 else value + '"')
        except ValueError:
            plain = value.strip('"')
        if not plain:
            return match.group()
        return '"%s"%s"%s"' % (name, between, secrets.replace(plain))
    return '"%s"%s"%s"' % (name, between, secrets.token(value))


#: Tags that hold no secret, by the words that mark one: forms bring the same ones again and again.
_quiet = {}
#: What stands before the value of those that hold one, by the words that mark one: a form's token is another each time.
_telling = {}
#: How many, and the longest of them.
QUIET, QUIET_LENGTH = 1000, 300
_VALUE = ' value="'
_OTHER_VALUE = re.compile("value|content", re.I)


def _learn_from_tag(secrets, tag):
    quiet = _quiet.get(tag)
    if quiet is not None and quiet == secrets.more_names:
        return
    head, mark, value = tag.partition(_VALUE)
    alone = mark and value[-2:] == '">' and value.count('"') == 1 and "&" not in value and "'" not in value
    if alone and _telling.get(head) == secrets.more_names:
        secrets.add(value[:-2])
        return
    if "&" not in tag and "password" not in tag.lower():
        # Most tags hold no secret, which is quick to see.
        for name in _TAG_NAME.findall(tag):
            if secrets.is_secret(name.strip("\"'")):
                break
        else:
            if len(tag) <= QUIET_LENGTH:
                if len(_quiet) >= QUIET:
                    _quiet.clear()
                _quiet[tag] = secrets.more_names
            return
    attributes = {}
    for match in _ATTRIBUTE.finditer(tag):
        attributes.setdefault(match.group(1).lower(), html.unescape(match.group(2).strip("\"'")))
    value = attributes.get("value") or attributes.get("content")
    if value and (attributes.get("type", "").lower() == "password" or secrets.is_secret(attributes.get("name", ""))):
        secrets.add(value)
        if alone and len(head) <= QUIET_LENGTH and not _OTHER_VALUE.search(head):
            if len(_telling) >= QUIET:
                _telling.clear()
            _telling[head] = secrets.more_names


def _int(value):
    try:
        return int(value)
    except (TypeError, ValueError):
        return None
