"""Views and templates → pages, plain files and our part of the navigation."""
