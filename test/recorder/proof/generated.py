"""Requests made up from a seed: mostly what a site's visitors send, and some of what nobody should."""

import random
import string

from browser import Request

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
ODD_QUERIES = [
    "",
    "?",
    "?q",
    "?q=%zz",
    "?q=%ff%fe",
    "?a=1&a=2&b",
    "?" + "x" * 3000,
    "?q=%C3%A9t%C3%A9",
    "?next=//evil",
    "?q=%00",
]
AGENTS = ["Mozilla/5.0 (X11; Linux x86_64)", "curl/8", "GreedyBot/1.0", "", "é" * 3]


class Generator:
    """Draws requests for one project. The same seed draws the same list."""

    paths: list = []  # addresses to GET
    forms: list = []  # functions of the generator that make a Request
    accounts = [("reader", "reader"), ("admin", "admin"), ("reader", "wrong")]
    login_path = "/admin/login/"
    login_names = ("username", "password")

    def __init__(self, seed):
        self.random = random.Random(f"{type(self).__name__}-{seed}")

    def word(self):
        letters = string.ascii_letters + " éß漢🙂<>&'\"%"
        return "".join(self.random.choices(letters, k=self.random.randrange(1, 24))).strip() or "x"

    def picture(self):
        return PNG + self.random.randbytes(self.random.choice([0, 50, 4000]))

    def headers(self):
        draw = self.random
        found = {}
        if draw.random() < 0.3:
            found["Accept-Language"] = draw.choice(["fr", "en", "de, fr;q=0.5", "*", "x" * 20])
        if draw.random() < 0.15:
            found["User-Agent"] = draw.choice(AGENTS[:-1])
        if draw.random() < 0.1:
            found["Accept"] = draw.choice(["application/json", "text/html", "*/*;q=0.1", "image/png"])
        if draw.random() < 0.08:
            found["Host"] = draw.choice(["evil.example", "localhost", "bad host", "127.0.0.1:1"])
        if draw.random() < 0.08:
            found["X-Requested-With"] = "XMLHttpRequest"
        if draw.random() < 0.05:
            found["If-Modified-Since"] = "Sat, 01 Jan 2050 00:00:00 GMT"
        if draw.random() < 0.05:
            found["Range"] = "bytes=0-9"
        if draw.random() < 0.05:
            found["Cookie"] = draw.choice(["broken", "a=b; c", 'q="x y"', "sessionid=forged", "django_language=fr"])
        if draw.random() < 0.05:
            found["Content-Type"] = draw.choice(
                ["text/plain; charset=nonsense", "multipart/form-data", "application/json"]
            )
        return found

    def log_in(self):
        name, password = self.random.choice(self.accounts)
        form = dict(zip(self.login_names, (name, password), strict=True))
        return Request(self.login_path, "POST", form=form, csrf=True)

    def broken(self):
        draw = self.random
        path = draw.choice(self.paths)
        return draw.choice(
            [
                lambda: Request(path + draw.choice(ODD_QUERIES[1:])),
                lambda: Request(
                    "/" + draw.choice(["nowhere/", "%2e%2e/", "%ff/", "a/b/c", "favicon.ico", "books", "%00"])
                ),
                lambda: Request(path.rstrip("/") or "/"),
                lambda: Request(path, draw.choice(["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "BREW", "TRACE"])),
                lambda: Request(
                    path, "POST", body=b"--x\r\nbroken", headers={"Content-Type": "multipart/form-data; boundary=x"}
                ),
                lambda: Request(
                    path, "POST", body=b"{not json", headers={"Content-Type": "application/json"}, csrf=True
                ),
                lambda: Request(path, "POST", body=draw.randbytes(300), headers={"Content-Type": "text/plain"}),
                lambda: Request(path, "POST", form={"a": self.word()}),
                lambda: Request(path, "POST", form={"x%d" % n: "y" for n in range(1200)}, csrf=True),
            ]
        )()

    def one(self):
        draw = self.random
        kind = draw.random()
        if kind < 0.07:
            request = self.log_in()
        elif kind < 0.40:
            request = draw.choice(self.forms)(self)
        elif kind < 0.60:
            request = self.broken()
        else:
            request = Request(draw.choice(self.paths))
        request.headers = {**self.headers(), **request.headers}
        return request

    def draw(self, count):
        yield Request(self.paths[0])
        yield Request(self.login_path)
        for _ in range(count - 2):
            yield self.one()


SLUGS = ["the-last-lamplighter", "nineteen-spoons", "roots-and-ladders", "salt-on-the-stairs", "no-such-book"]
ISBNS = ["9780000079190", "978-0-00-007919-0", "9780000158383", "9780000000000", "9780000079191"]


class Bookshop(Generator):
    login_path = "/accounts/login/"
    paths = [
        *("/", "/books/", "/books/?page=2", "/books/?page=99", "/basket/", "/accounts/profile/", "/accounts/sign-up/"),
        *("/reports/", "/reports/books.csv", "/reports/price-list.pdf", "/reports/stock.txt", "/reports/royalties/"),
        *("/reports/margins/", "/reports/takings/", "/help/", "/fr/aide/", "/fr/aide/ecrire/", "/api/v1/ping/"),
        *("/api/v1/books/", "/genres/crime/", "/genres/none/", "/authors/jun-aoki/", "/books/published/2024/"),
        *("/static/bookshop/site.css", "/static/bookshop/none.css", "/media/covers/nineteen-spoons.svg", "/media/"),
        *("/admin/", "/admin/catalog/book/", "/admin/catalog/book/low-stock/", "/admin/catalog/book/1/change/"),
        *("/admin/catalog/book/add/", "/admin/catalog/review/?q=a", "/admin/auth/user/", "/static/admin/css/base.css"),
        *(f"/books/{slug}/" for slug in SLUGS),
        *(f"/books/{slug}/sample/" for slug in SLUGS),
        *(f"/books/{slug}/review/" for slug in SLUGS[:2]),
        *(f"/isbn/{isbn}/" for isbn in ISBNS),
        *(f"/api/v1/books/{isbn}/availability/" for isbn in ISBNS),
    ]

    def search(self):
        query = f"?q={self.random.choice(['sea', 'the', 'okafor', '', '%27', 'x' * 100])}"
        query += self.random.choice(["", "&genre=crime", "&genre=none", "&max_price=12", "&max_price=cheap"])
        return Request("/search/" + query)

    def review(self):
        text = self.word() + self.random.choice(["", " https://a.example" * 2, " http://a.example" * 3])
        form = {"rating": self.random.choice(["1", "5", "9", ""]), "text": text}
        file = (
            ("copy.png", "image/png", self.picture()) if self.random.random() < 0.7 else ("x.exe", "image/png", b"MZ")
        )
        path = f"/books/{self.random.choice(SLUGS)}/review/"
        return Request(path, "POST", form=form, files={"cover": file}, csrf=self.random.random() < 0.9)

    def basket(self):
        what = self.random.choice(["add", "add", "remove"])
        return Request(f"/basket/{what}/{self.random.choice(SLUGS)}/", "POST", form={}, csrf=True)

    def checkout(self):
        form = {"email": "a@b.example", "address": self.word(), "card_number": "4111111111111111"}
        return Request("/basket/checkout/", "POST", form=form, csrf=True)

    def quote(self):
        body = self.random.choice([b'{"isbns": ["9780000079190"]}', b"[]", b"{", b"\xff", b'{"isbns": [1, null]}'])
        return Request("/api/v1/quote/", "POST", body=body, headers={"Content-Type": "application/json"})

    def contact(self):
        form = {"email": self.random.choice(["a@b.example", "nobody"]), "text": self.word()}
        return Request("/help/contact/", "POST", form=form, csrf=True)

    def language(self):
        return Request("/i18n/setlang/", "POST", form={"language": self.random.choice(["fr", "en", "xx"])}, csrf=True)

    def restock(self):
        return Request(f"/admin/catalog/book/{self.random.randrange(1, 25)}/restock/", "POST", form={}, csrf=True)

    def log_out(self):
        return Request("/accounts/logout/", "POST", form={}, csrf=True)

    forms = [search, search, review, review, basket, basket, checkout, quote, contact, language, restock, log_out]


class Todo(Generator):
    paths = [
        *("/todo/", "/todo/mine/", "/todo/add_list/", "/todo/search/?q=task", "/todo/import_csv/", "/todo/ticket/add/"),
        *(
            "/todo/1/tickets/",
            "/todo/2/garden/",
            "/todo/2/garden/completed/",
            "/todo/9/none/",
            "/todo/1/tickets/delete/",
        ),
        *(f"/todo/task/{number}/" for number in (1, 2, 7, 18, 99)),
        *("/admin/", "/admin/todo/task/", "/admin/todo/task/1/change/", "/static/todo/css/styles.css"),
    ]
    accounts = [("admin", "admin"), ("admin", "admin"), ("reader", "reader"), ("reader", "wrong")]

    def add_list(self):
        form = {"name": self.word(), "group": self.random.choice(["1", "7"])}
        return Request("/todo/add_list/", "POST", form=form, csrf=True)

    def add_task(self):
        form = {"title": self.word(), "note": self.word(), "priority": "3", "add_edit_task": "1", "task_list": "2"}
        form["due_date"] = self.random.choice(["", "2030-01-01", "never"])
        return Request("/todo/2/garden/", "POST", form=form, csrf=True)

    def comment(self):
        form = {"comment-body": self.word(), "add_comment": "Add"}
        return Request(f"/todo/task/{self.random.randrange(1, 20)}/", "POST", form=form, csrf=True)

    def attach(self):
        files = {"attachment_file_input": (self.random.choice(["a.png", "a.exe"]), "image/png", self.picture())}
        return Request(f"/todo/task/{self.random.randrange(1, 20)}/", "POST", form={}, files=files, csrf=True)

    def toggle(self):
        return Request(f"/todo/toggle_done/{self.random.randrange(1, 20)}/", "POST", form={}, csrf=True)

    def reorder(self):
        body = "&".join(f"tasktable[]={number}" for number in self.random.sample(range(1, 8), 4)).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return Request("/todo/reorder_tasks/", "POST", body=body, headers=headers, csrf=True)

    def import_csv(self):
        row = "Title,Group,Task List,Created By,Created Date,Due Date,Completed,Assigned To,Note,Priority\n"
        row += f"{self.random.choice(['Imported', ''])},Workers,House,admin,,,No,admin,note,1\n"
        return Request(
            "/todo/import_csv/", "POST", form={}, files={"csvfile": ("a.csv", "text/csv", row.encode())}, csrf=True
        )

    def ticket(self):
        form = {"title": self.word(), "note": self.word(), "priority": "5"}
        return Request("/todo/ticket/add/", "POST", form=form, csrf=True)

    forms = [add_list, add_task, add_task, comment, comment, attach, toggle, reorder, import_csv, ticket]


class Accounts(Generator):
    login_path = "/accounts/login/"
    login_names = ("login", "password")
    paths = [
        *(
            "/accounts/login/",
            "/accounts/signup/",
            "/accounts/logout/",
            "/accounts/email/",
            "/accounts/password/change/",
        ),
        *(
            "/accounts/password/reset/",
            "/accounts/confirm-email/abc/",
            "/accounts/inactive/",
            "/accounts/reauthenticate/",
        ),
        *("/api/", "/api/users/", "/api/users/?page=2", "/api/users/?page=9", "/api/users/1/", "/api/users/99/"),
        *("/api/users/1/greet/", "/api/groups/", "/api/groups/2/", "/api/users/?format=json", "/api/users.json"),
        *("/api/echo/", "/api/echo/?a=1&a=2", "/api/echo/?format=none", "/admin/auth/user/", "/admin/"),
    ]

    def sign_up(self):
        name = "new%d" % self.random.randrange(40)
        password = self.random.choice(["long-enough-9", "short"])
        form = {"username": name, "email": name + "@proof.example", "password1": password, "password2": password}
        return Request("/accounts/signup/", "POST", form=form, csrf=True)

    def group(self):
        path = self.random.choice(["/api/groups/", "/api/groups/3/"])
        method = self.random.choice(["POST", "PUT", "PATCH", "DELETE"])
        body = self.random.choice([b'{"name": "named"}', b'{"name": ""}', b"{", b"", '{"name": "é漢"}'.encode()])
        return Request(path, method, body=body, headers={"Content-Type": "application/json"}, csrf=True)

    def echo(self):
        kind = self.random.choice(["application/json", "text/csv", "application/x-www-form-urlencoded"])
        body = self.random.choice([b'{"deep": [{"a": 1}]}', b"a=1&b=2", b"null"])
        return Request("/api/echo/", "POST", body=body, headers={"Content-Type": kind}, csrf=True)

    def echo_form(self):
        return Request("/api/echo/", "POST", form={"a": self.word()}, files={}, csrf=True)

    def basic(self):
        headers = {"Authorization": self.random.choice(["Basic dXNlcjE6dXNlcg==", "Basic !", "Bearer none"])}
        return Request("/api/users/", headers=headers)

    def change_password(self):
        form = {"oldpassword": "reader", "password1": "new-and-long-9", "password2": "new-and-long-9"}
        return Request("/accounts/password/change/", "POST", form=form, csrf=True)

    def reset(self):
        return Request("/accounts/password/reset/", "POST", form={"email": "reader@proof.example"}, csrf=True)

    forms = [sign_up, group, group, echo, echo, echo_form, basic, change_password, reset]


class Oddities(Generator):
    paths = [
        *(
            "/page/",
            "/page/?q=1",
            "/ping/",
            "/marked/a/",
            "/async/a/",
            "/stream/",
            "/classy/",
            "/session/",
            "/lazy-user/",
        ),
        *("/raises/", "/leak/page/", "/leak/locals/", "/body/unread/", "/admin/", "/admin/oddities/note/"),
    ]

    def body(self):
        path = f"/body/{self.random.choice(['post-first', 'body-first', 'in-parts', 'unread', 'upload'])}/"
        if self.random.random() < 0.6:
            return Request(path, "POST", form={"a": self.word()}, files={"f": ("a.png", "image/png", self.picture())})
        if self.random.random() < 0.5:
            return Request(path, "POST", form={"a": self.word()})
        return Request(
            path, "POST", body=self.random.randbytes(70_000), headers={"Content-Type": "application/octet-stream"}
        )

    def echo(self):
        query = self.random.choice(["", "?redirect=1&token=abcdefghijkl", "?json=1"])
        return Request("/leak/echo/" + query, "POST", form={"password": "hunter2-hunter2", "other": self.word()})

    def classy(self):
        return Request("/classy/", "POST", form={"a": self.word()})

    def guarded(self):
        return Request("/leak/post/", "POST", form={"colour": "red", "size": "9"})

    forms = [body, body, body, echo, classy, guarded]
