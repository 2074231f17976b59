"""Rules with one thing wrong: a role dropped, a scope widened, a test turned round, a filter gone.

A mutant is the source of a module with one node of its tree changed. It is put into the running
process: the code of every function that differs is exchanged, and every constant wherever somebody
holds it. What types a name has is no rule; what a class declares outside its functions is held by
the database.
"""

from __future__ import annotations

import ast
import copy
import importlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

MODULES = (
    "committees.grants",
    "committees.models.accounts",
    "committees.services.granting",
    "consultations.selectors.cases",
    "consultations.permissions",
    "consultations.offers",
    "committees.admin.access",
)
TURNED: dict[type, type] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.Lt: ast.GtE, ast.Gt: ast.LtE, ast.And: ast.Or, ast.Or: ast.And,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    module: str
    line: int
    where: str
    what: str
    source: ast.Module
    tree: ast.Module

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.where} {self.what}"

    @property
    def name(self) -> str:
        """What stays the same when lines move."""
        return f"{self.module} {self.where} {self.what}"


def mutants(name: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its tree."""
    source = ast.parse(inspect.getsource(importlib.import_module(name)))
    left_out = {id(node) for node in _no_rules(source)}
    places = dict(_places(source, ()))
    for number, node in enumerate(ast.walk(source)):
        for what, change in () if id(node) in left_out else _changes(node):
            tree = copy.deepcopy(source)
            target = next(one for n, one in enumerate(ast.walk(tree)) if n == number)
            change(target)
            yield Mutant(
                name, node.lineno, places[id(node)], what, source, ast.fix_missing_locations(tree)
            )


def _places(node: ast.AST, inside: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """The names of the class and function around each node."""
    yield id(node), ".".join(inside)
    named_so = isinstance(node, ast.FunctionDef | ast.ClassDef)
    for one in ast.iter_child_nodes(node):
        yield from _places(one, (*inside, node.name) if named_so else inside)  # type: ignore[attr-defined]


def reworded(name: str) -> Mutant:
    """All functions of a module with other comments: none of its rules differs."""
    source = ast.parse(inspect.getsource(importlib.import_module(name)))
    tree = copy.deepcopy(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.body.insert(0, ast.Expr(ast.Constant("Nothing else.")))
    return Mutant(name, 0, "", "other words", source, ast.fix_missing_locations(tree))


def _no_rules(source: ast.Module) -> Iterator[ast.AST]:
    """The types of names, also those that were given one, and the declarations of classes."""
    for line in source.body:
        if isinstance(line, ast.Assign) and not any(name.isupper() for name in named(line)):
            yield from ast.walk(line)
    for node in ast.walk(source):
        for name in ("annotation", "returns"):
            yield from ast.walk(found) if (found := getattr(node, name, None)) else ()
        if isinstance(node, ast.ClassDef):
            for line in node.body:
                yield from () if isinstance(line, ast.FunctionDef) else ast.walk(line)


def named(line: ast.stmt) -> list[str]:
    """The names that a line of a module makes."""
    targets = getattr(line, "targets", [getattr(line, "target", None)])
    return [one.id for one in targets if isinstance(one, ast.Name)]


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[Any], None]]]:
    if isinstance(node, ast.Tuple) and len(node.elts) > 1 and _are_roles(node.elts):
        for place, one in enumerate(node.elts):
            yield f"drop {ast.unparse(one)}", lambda found, at=place: found.elts.pop(at)
    if isinstance(node, ast.Compare) and type(node.ops[0]) in TURNED:
        yield f"turn {ast.unparse(node)}", _turn_comparison
    if isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in TURNED:
        yield f"and/or {ast.unparse(node)[:60]}", _turn_operator
    if isinstance(node, ast.If | ast.IfExp):
        yield f"negate if {ast.unparse(node.test)[:60]}", _negate
    if isinstance(node, ast.Call) and _called(node) == "Q" and (node.keywords or node.args):
        yield f"widen {ast.unparse(node)[:60]}", _to_everything
        yield f"lose {ast.unparse(node)[:60]}", _empty
    if isinstance(node, ast.Call) and _called(node) in ("filter", "exclude"):
        yield f"drop .{ast.unparse(node.func)[-40:]}", _to_all


def _are_roles(elements: list[ast.expr]) -> bool:
    return all(
        isinstance(one, ast.Starred)
        or (isinstance(one, ast.Attribute) and ast.unparse(one).startswith("Role."))
        for one in elements
    )


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _turn_comparison(node: ast.Compare) -> None:
    node.ops[0] = TURNED[type(node.ops[0])]()


def _turn_operator(node: Any) -> None:
    node.op = TURNED[type(node.op)]()


def _negate(node: Any) -> None:
    node.test = ast.UnaryOp(ast.Not(), node.test)


def _empty(node: ast.Call) -> None:
    """As if the condition did not stand there: an empty one is left out by whatever holds it."""
    node.args, node.keywords = [], []


def _to_everything(node: ast.Call) -> None:
    """A condition that every row fulfils."""
    node.args, node.keywords = [], [ast.keyword("pk__isnull", ast.Constant(value=False))]


def _to_all(node: ast.Call) -> None:
    node.func.attr, node.args, node.keywords = "all", [], []  # type: ignore[attr-defined]
