"""How an objective or a team stands → a small SVG for pages elsewhere."""

from okrsite.badges.files import badge_files

__all__ = ["badge_files"]
