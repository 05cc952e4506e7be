"""A code → the address of its section in the guide."""

GUIDE = "https://okrsite.example/guide/"
"""Where the guide is published; a code's section is at ``problems/#okr-r002`` below it."""


def guide_link(code: str, guide: str = GUIDE) -> str:
    """Return the address of a code's section in the guide."""
    return f"{guide.rstrip('/')}/problems/#{code.lower()}"
