"""Finds the checks: every module of a wing that holds a `CHECK` is on the shelf."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, Any

import diagnostics.checks as shelf_package
from diagnostics.model.names import WINGS

if TYPE_CHECKING:
    from diagnostics.checks.check import Check


def list_wings() -> list[str]:
    """The wings that have a package, in the order of the report."""
    found = {module.name for module in pkgutil.iter_modules(shelf_package.__path__) if module.ispkg}
    return [wing for wing in WINGS if wing in found] + sorted(found - set(WINGS))


def list_checks(wing: str) -> list[str]:
    """The full names (`people.concentration`) of a wing's checks, in the order of their place.

    A module that begins with an underscore holds words of the check beside it and is none itself.
    """
    package = import_module(f"{shelf_package.__name__}.{wing}")
    modules = pkgutil.iter_modules(package.__path__)
    names = [f"{wing}.{module.name}" for module in modules if not module.name.startswith("_")]
    return sorted(names, key=lambda name: (load_check(name).place, name))


def list_all_checks() -> list[str]:
    """Every check's full name, wing by wing."""
    return [name for wing in list_wings() for name in list_checks(wing)]


def load_check(name: str) -> Check[Any]:
    """The check of a full name; `KeyError` if there is none."""
    module_name = f"{shelf_package.__name__}.{name}"
    try:
        module = import_module(module_name)
    except ModuleNotFoundError as missing:
        if missing.name is not None and module_name.startswith(missing.name):
            raise KeyError(name) from missing
        raise
    check: Check[Any] = module.CHECK
    return check


def name_check(module_name: str) -> str:
    """The full name of a check from its module's name.

    >>> name_check("diagnostics.checks.people.concentration")
    'people.concentration'
    """
    return module_name.removeprefix(f"{shelf_package.__name__}.")
