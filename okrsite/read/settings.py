"""YAML of a tool's settings → plain values, running nothing that the file names.

MkDocs reads its own configuration with a loader that calls whatever Python a tag names. That is
for who builds their own site; whoever only looks for a folder's name reads a stranger's file.
"""

from __future__ import annotations

from typing import Any

import yaml


class SettingsLoader(yaml.SafeLoader):
    """Reads plain values; what any other tag stands before is nothing."""


def _nothing(_loader: SettingsLoader, _suffix: str, _node: yaml.Node) -> Any:
    return None


SettingsLoader.add_multi_constructor("", _nothing)
