"""Rules with one thing wrong: a role dropped, a scope widened, a test turned round, a filter gone.

A mutant is the source of a module with one node of its tree changed. It is put into the running
process: the code of every function is exchanged, and every constant wherever somebody holds it.
"""

from __future__ import annotations

import ast
import copy
import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import Any

MODULES = (
    "committees.grants",
    "consultations.selectors.cases",
    "consultations.permissions",
    "committees.admin.access",
)
OURS = ("committees", "consultations")
TURNED: dict[type, type] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.Lt: ast.GtE, ast.Gt: ast.LtE, ast.And: ast.Or, ast.Or: ast.And,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    module: str
    line: int
    what: str
    tree: ast.Module

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.what}"


def mutants(name: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its lines."""
    source = ast.parse(inspect.getsource(importlib.import_module(name)))
    for number, node in enumerate(ast.walk(source)):
        for what, change in _changes(node):
            tree = copy.deepcopy(source)
            target = next(one for n, one in enumerate(ast.walk(tree)) if n == number)
            change(target)
            yield Mutant(name, node.lineno, what, ast.fix_missing_locations(tree))


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
        yield f"widen {ast.unparse(node)[:60]}", _empty
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
    node.args, node.keywords = [], []


def _to_all(node: ast.Call) -> None:
    node.func.attr, node.args, node.keywords = "all", [], []  # type: ignore[attr-defined]


# --- into the running process ---------------------------------------------------------------------


@contextmanager
def applied(mutant: Mutant) -> Iterator[None]:
    """The mutant in the place of its module, until the end of the block. Raises what it raises
    when it is loaded."""
    module = sys.modules[mutant.module]
    made = ModuleType(mutant.module)
    made.__dict__["__file__"] = module.__file__
    exec(compile(mutant.tree, str(module.__file__), "exec"), made.__dict__)
    undo: list[Callable[[], None]] = []
    try:
        _exchange(vars(module), vars(made), mutant.module, undo)
        yield
    finally:
        for step in reversed(undo):
            step()


def _exchange(old: Any, new: Any, module: str, undo: list[Callable[[], None]]) -> None:
    for name, one in list(old.items()):
        other = new.get(name)
        if isinstance(one, FunctionType) and one.__module__ == module:
            _exchange_code(one, other, undo)
        elif inspect.isclass(one) and one.__module__ == module and other is not None:
            _exchange(vars(one), vars(other), module, undo)
        elif name.isupper() and one != other:
            _exchange_constant(one, other, undo)


def _exchange_code(one: FunctionType, other: FunctionType, undo: list[Callable[[], None]]) -> None:
    kept = one.__code__
    if kept.co_freevars == other.__code__.co_freevars:
        one.__code__ = other.__code__
        undo.append(lambda: setattr(one, "__code__", kept))


def _exchange_constant(one: Any, other: Any, undo: list[Callable[[], None]]) -> None:
    """Wherever a module or a class of ours holds it."""
    for module in [m for n, m in sys.modules.items() if n.startswith(OURS)]:
        places = [module, *(c for c in vars(module).values() if inspect.isclass(c))]
        for place in places:
            for name in [n for n, held in vars(place).items() if held is one]:
                setattr(place, name, other)
                undo.append(lambda place=place, name=name: setattr(place, name, one))
