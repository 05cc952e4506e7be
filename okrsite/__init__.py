"""okrsite: a company's OKR files become its site."""

__version__ = "0.1.0"
