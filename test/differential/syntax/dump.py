"""Writes CPython's own syntax trees in the form of dump.ts, for comparing: python3.13 dump.py FILES.txt > OUT.tsv

Each line is a path, a tab, and the SHA-1 of the file's tree (or `error`). With `--text PATH`, the tree itself.
Positions are line:column of start and end, columns in UTF-8 bytes, as `ast` has them.
"""

import ast
import hashlib
import json
import struct
import sys
import warnings

BINARY = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.MatMult: "@",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitOr: "|",
    ast.BitAnd: "&",
    ast.BitXor: "^",
}
UNARY = {ast.Not: "not", ast.USub: "-", ast.UAdd: "+", ast.Invert: "~"}
COMPARE = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}
RENAMED = {"AsyncFunctionDef": "FunctionDef", "AsyncFor": "For", "AsyncWith": "With", "TryStar": "Try"}
ASYNC = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith)


class Dumper:
    def __init__(self):
        self.out = []

    def seq(self, nodes):
        self.out.append("[")
        for node in nodes:
            self.node(node)
        self.out.append("]")

    def opt(self, node):
        if node is None:
            self.out.append("~")
        else:
            self.node(node)

    def text(self, value):
        self.out.append("~" if value is None else json.dumps(value))

    def names(self, values):
        self.out.append("[" + ",".join(json.dumps(v) for v in values) + "]")

    def node(self, node, place=True):
        kind = type(node).__name__
        out = self.out
        out.append("(" + RENAMED.get(kind, kind))
        if place and hasattr(node, "lineno"):
            out.append(f"@{node.lineno}:{node.col_offset}-{node.end_lineno}:{node.end_col_offset}")
        out.append(" ")
        getattr(self, kind)(node)
        out.append(")")

    # Statements

    def FunctionDef(self, n):
        self.out.append(str(isinstance(n, ASYNC)).lower())
        self.text(n.name)
        self.node(n.args)
        self.seq(n.body)
        self.seq(n.decorator_list)
        self.opt(n.returns)
        self.names([p.name for p in n.type_params])
        self.out.append(str(yields(n.body)).lower())

    AsyncFunctionDef = FunctionDef

    def ClassDef(self, n):
        self.text(n.name)
        self.seq(n.bases)
        self.seq(n.keywords)
        self.seq(n.body)
        self.seq(n.decorator_list)
        self.names([p.name for p in n.type_params])

    def Return(self, n):
        self.opt(n.value)

    def Delete(self, n):
        self.seq(n.targets)

    def Assign(self, n):
        self.seq(n.targets)
        self.node(n.value)

    def AugAssign(self, n):
        self.node(n.target)
        self.out.append(BINARY[type(n.op)])
        self.node(n.value)

    def AnnAssign(self, n):
        self.node(n.target)
        self.node(n.annotation)
        self.opt(n.value)

    def TypeAlias(self, n):
        self.text(n.name.id)
        self.names([p.name for p in n.type_params])
        self.node(n.value)

    def For(self, n):
        self.out.append(str(isinstance(n, ASYNC)).lower())
        self.node(n.target)
        self.node(n.iter)
        self.seq(n.body)
        self.seq(n.orelse)

    AsyncFor = For

    def While(self, n):
        self.node(n.test)
        self.seq(n.body)
        self.seq(n.orelse)

    If = While

    def With(self, n):
        self.out.append(str(isinstance(n, ASYNC)).lower())
        for item in n.items:
            self.node(item.context_expr)
            self.opt(item.optional_vars)
        self.seq(n.body)

    AsyncWith = With

    def Match(self, n):
        self.node(n.subject)
        for case in n.cases:
            self.node(case.pattern)
            self.opt(case.guard)
            self.seq(case.body)

    def Raise(self, n):
        self.opt(n.exc)
        self.opt(n.cause)

    def Try(self, n):
        self.out.append(str(isinstance(n, ast.TryStar)).lower())
        self.seq(n.body)
        self.seq(n.handlers)
        self.seq(n.orelse)
        self.seq(n.finalbody)

    TryStar = Try

    def ExceptHandler(self, n):
        self.opt(n.type)
        self.text(n.name)
        self.seq(n.body)

    def Assert(self, n):
        self.node(n.test)
        self.opt(n.msg)

    def Import(self, n):
        self.lazily(n)
        self.seq(n.names)

    def lazily(self, n):
        if getattr(n, "is_lazy", False):
            self.out.append("lazy")

    def ImportFrom(self, n):
        self.lazily(n)
        self.text(n.module)
        self.out.append(str(n.level))
        self.seq(n.names)

    def alias(self, n):
        self.text(n.name)
        self.text(n.asname)

    def Global(self, n):
        self.names(n.names)

    Nonlocal = Global

    def Expr(self, n):
        self.node(n.value)

    def Pass(self, n):
        pass

    Break = Continue = Pass

    # Expressions

    def BoolOp(self, n):
        self.out.append("and" if isinstance(n.op, ast.And) else "or")
        self.seq(n.values)

    def NamedExpr(self, n):
        self.node(n.target)
        self.node(n.value)

    def BinOp(self, n):
        self.node(n.left)
        self.out.append(BINARY[type(n.op)])
        self.node(n.right)

    def UnaryOp(self, n):
        self.out.append(UNARY[type(n.op)])
        self.node(n.operand)

    def Lambda(self, n):
        self.node(n.args)
        self.node(n.body)
        self.out.append(str(yields([n.body])).lower())

    def IfExp(self, n):
        self.node(n.test)
        self.node(n.body)
        self.node(n.orelse)

    def Dict(self, n):
        for key, value in zip(n.keys, n.values):
            self.opt(key)
            self.node(value)

    def List(self, n):
        self.seq(n.elts)

    Set = Tuple = List

    def ListComp(self, n):
        self.node(n.elt)
        self.generators(n.generators)

    SetComp = GeneratorExp = ListComp

    def DictComp(self, n):
        self.node(n.key)
        if n.value is not None:  # None for {**key for ...}
            self.node(n.value)
        self.generators(n.generators)

    def generators(self, items):
        for c in items:
            self.out.append("for" + str(bool(c.is_async)).lower())
            self.node(c.target)
            self.node(c.iter)
            self.seq(c.ifs)

    def Await(self, n):
        self.node(n.value)

    YieldFrom = Starred = Await

    def Yield(self, n):
        self.opt(n.value)

    def Compare(self, n):
        self.node(n.left)
        for op, right in zip(n.ops, n.comparators):
            self.out.append(COMPARE[type(op)])
            self.node(right)

    def Call(self, n):
        self.node(n.func)
        self.seq(n.args)
        self.seq(n.keywords)

    def keyword(self, n):
        self.text(n.arg)
        self.node(n.value)

    def JoinedStr(self, n):
        self.out.append("[")
        for value in n.values:
            if isinstance(value, ast.Constant):
                self.out.append(json.dumps(value.value))
            else:
                self.node(value, place=False)
        self.out.append("]")

    TemplateStr = JoinedStr

    def Interpolation(self, n):
        self.text(n.str)
        self.FormattedValue(n)

    def FormattedValue(self, n):
        self.node(n.value)
        self.out.append("~" if n.conversion == -1 else chr(n.conversion))
        if n.format_spec is None:
            self.out.append("~")
        else:
            self.node(n.format_spec, place=False)

    def Constant(self, n):
        v = n.value
        if isinstance(v, str):
            self.out.append(json.dumps(v))
        elif v is None or isinstance(v, bool):
            self.out.append(repr(v))
        elif isinstance(v, int):
            self.out.append(str(v))
        elif isinstance(v, float):
            self.out.append("f" + struct.pack(">d", v).hex())
        elif isinstance(v, complex):
            self.out.append("c" + struct.pack(">d", v.imag).hex())
        elif isinstance(v, bytes):
            self.out.append("b" + v.hex())
        else:
            self.out.append("...")

    def Attribute(self, n):
        self.node(n.value)
        self.text(n.attr)

    def Subscript(self, n):
        self.node(n.value)
        self.node(n.slice)

    def Name(self, n):
        self.text(n.id)

    def Slice(self, n):
        self.opt(n.lower)
        self.opt(n.upper)
        self.opt(n.step)

    def arguments(self, n):
        plain = [*n.posonlyargs, *n.args]
        defaults = [None] * (len(plain) - len(n.defaults)) + n.defaults
        cut = len(n.posonlyargs)
        for arg, default in [*zip(plain[:cut], defaults[:cut]), (None, None), *zip(plain[cut:], defaults[cut:])]:
            if arg is None:
                self.out.append("/")
                continue
            self.node(arg)
            self.opt(default)
        self.opt(n.vararg)
        for arg, default in zip(n.kwonlyargs, n.kw_defaults):
            self.node(arg)
            self.opt(default)
        self.opt(n.kwarg)

    def arg(self, n):
        self.text(n.arg)
        self.opt(n.annotation)

    # Patterns

    def MatchValue(self, n):
        self.node(n.value)

    def MatchSingleton(self, n):
        self.out.append(repr(n.value))

    def MatchSequence(self, n):
        self.seq(n.patterns)

    MatchOr = MatchSequence

    def MatchMapping(self, n):
        self.seq(n.keys)
        self.seq(n.patterns)
        self.text(n.rest)

    def MatchClass(self, n):
        self.node(n.cls)
        self.seq(n.patterns)
        self.names(n.kwd_attrs)
        self.seq(n.kwd_patterns)

    def MatchStar(self, n):
        self.text(n.name)

    def MatchAs(self, n):
        self.opt(n.pattern)
        self.text(n.name)


def yields(body):
    """Whether a yield stands in this body, nested functions aside (decorators, defaults and annotations count)."""
    stack = list(body)
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            stack += node.decorator_list + node.args.defaults + [d for d in node.args.kw_defaults if d]
        elif isinstance(node, ast.Lambda):
            stack += node.args.defaults + [d for d in node.args.kw_defaults if d]
        else:
            stack += ast.iter_child_nodes(node)
    return False


def dump(source):
    dumper = Dumper()
    dumper.seq(ast.parse(source).body)
    return "".join(dumper.out)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def main():
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(50_000)
    if sys.argv[1] == "--text":
        print(dump(read(sys.argv[2])))
        return
    for path in read(sys.argv[1]).decode("utf-8").splitlines():
        try:
            result = hashlib.sha1(dump(read(path)).encode()).hexdigest()
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            result = "error " + type(error).__name__
        print(f"{path}\t{result}", flush=False)


main()
