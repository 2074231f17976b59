"""A mutant in the place of its module, in the running process, until the end of a block."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, FunctionType, ModuleType
from typing import Any

from tests.access.mutants import Mutant, named

OURS = ("committees", "consultations")


class Unreached(Exception):
    """A mutant that changes nothing in the process: nobody could notice it."""


@contextmanager
def applied(mutant: Mutant) -> Iterator[None]:
    """No module is loaded again: functions get the code of the mutant, holders its constants."""
    module = sys.modules[mutant.module]
    undo: list[Callable[[], None]] = []
    try:
        _exchange_codes(module, mutant, undo)
        _exchange_constants(module, mutant.tree, undo)
        if not undo:
            raise Unreached(str(mutant))
        yield
    finally:
        for step in reversed(undo):
            step()


def _exchange_codes(module: ModuleType, mutant: Mutant, undo: list[Callable[[], None]]) -> None:
    here = str(module.__file__)
    old, new = (dict(_codes(compile(t, here, "exec"))) for t in (mutant.source, mutant.tree))
    for one in _functions(vars(module), module.__name__):
        name = one.__qualname__
        if new[name] != old[name]:
            undo.append(lambda one=one, kept=one.__code__: setattr(one, "__code__", kept))
            one.__code__ = new[name]


def _codes(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one.co_qualname, one
            yield from _codes(one)


def _functions(held: Any, module: str) -> Iterator[FunctionType]:
    """Those written in a module, also where a decorator or a property stands around them."""
    for one in list(held.values()):
        inner = inspect.unwrap(getattr(one, "fget", getattr(one, "__func__", one)))
        if getattr(inner, "__module__", "") != module:
            continue
        if isinstance(inner, FunctionType) and not inner.__code__.co_filename.startswith("<"):
            yield inner
        elif inspect.isclass(inner):
            yield from _functions(vars(inner), module)


def _exchange_constants(
    module: ModuleType, tree: ast.Module, undo: list[Callable[[], None]]
) -> None:
    """Only the lines that make constants are run again, each with those before it."""
    lines = [line for line in tree.body if any(name.isupper() for name in named(line))]
    made = dict(vars(module))
    exec(compile(ast.Module(lines, []), str(module.__file__), "exec"), made)
    for name in [name for line in lines for name in named(line)]:
        if (kept := vars(module)[name]) != made[name]:
            _exchange_constant(kept, made[name], undo)


def _exchange_constant(one: Any, other: Any, undo: list[Callable[[], None]]) -> None:
    """Wherever a module or a class of ours holds it."""
    for module in [m for n, m in sys.modules.items() if n.startswith(OURS)]:
        places = [module, *(c for c in vars(module).values() if inspect.isclass(c))]
        for place in places:
            for name in [n for n, held in vars(place).items() if held is one]:
                undo.append(lambda place=place, name=name: setattr(place, name, one))
                setattr(place, name, other)
