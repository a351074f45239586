"""Mutations of a module's source: small faults that somebody could have made, each told in a line.

A mutation is named by the function it stands in and what it changes, so that the name stays while lines move.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change: the function (module for its body), the line, the source before and after, and the tree after."""

    within: str
    line: int
    before: str
    after: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """What stays the same while lines move."""
        return f"{self.within}: {self.before} → {self.after}"


def mutations(source: str) -> Iterator[Mutation]:
    """Every mutation of a module, in the order of its source."""
    tree = ast.parse(source)
    within = _functions(tree)
    for index, node in enumerate(ast.walk(tree)):
        if node not in within:
            continue
        for choice, after in enumerate(_variants(node)):
            fresh = ast.parse(source)
            old = list(ast.walk(fresh))[index]
            changed = _Replaced(old, list(_variants(old))[choice]).visit(fresh)
            line: int = getattr(node, "lineno", 0)
            yield Mutation(within[node], line, _said(node), _said(after), ast.fix_missing_locations(changed))


def _functions(tree: ast.Module) -> dict[ast.AST, str]:
    """What stands in functions and may be changed, with the function's name; annotations and docstrings may not."""
    found: dict[ast.AST, str] = {}

    def pass_(node: ast.AST, name: str) -> None:
        for field, value in ast.iter_fields(node):
            if field in ("annotation", "returns", "decorator_list", "type_params"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    own = f"{name}.{child.name}".lstrip(".") if isinstance(child, _NAMED) else name
                    if own:
                        found[child] = own
                    pass_(child, own)

    pass_(tree, "")
    return found


_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _variants(node: ast.AST) -> Iterator[ast.AST]:
    """What a node could be instead."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARED:
            yield ast.Compare(node.left, [_COMPARED[type(op)]()], node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.BinOp() if type(node.op) in _RECKONED:
            yield ast.BinOp(node.left, _RECKONED[type(node.op)](), node.right)
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield ast.Constant(value + 1)
        case ast.If(test=ast.Name() | ast.Call() | ast.Attribute() as test):
            yield ast.If(ast.UnaryOp(ast.Not(), test), node.body, node.orelse)
        case ast.IfExp():
            yield ast.IfExp(node.test, node.orelse, node.body)
        case ast.comprehension(ifs=[_, *_]):
            yield ast.comprehension(node.target, node.iter, [], node.is_async)
        case ast.Expr(value=ast.Call()) | ast.Raise():
            yield ast.Pass()
        case ast.Continue():
            yield ast.Break()


class _Replaced(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return ast.copy_location(self._new, node) if node is self._old else self.generic_visit(node)


def _said(node: ast.AST) -> str:
    """A node's source in a line; of a statement with a body, its head."""
    if isinstance(node, ast.comprehension):
        conditions = [f"if {ast.unparse(each)}" for each in node.ifs]
        return " ".join(["for", ast.unparse(node.target), "in", ast.unparse(node.iter), *conditions])
    return ast.unparse(node).split("\n")[0].strip()
