"""What somebody says about key results → the check-in files that say it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

import click

from okrsite.cli.rows import Row
from okrsite.edit import Said, edit_check_in
from okrsite.edit.check_in import Fields
from okrsite.model import Cycle, Objective, Reference
from okrsite.prefill import Names, Writer, check_in_path, find_writer
from okrsite.problems import Problem, nearest, neutral
from okrsite.read.records import CheckInRecord
from okrsite.resolve.matching import Wanted
from okrsite.written import Sources


@dataclass
class CheckInFile:
    """A check-in file, there or not yet, and what is to be said in it."""

    writer: Writer
    path: str
    day: date
    names: Names
    record: CheckInRecord | None
    """What it says already."""
    known: dict[tuple[str, Reference], str]
    """How it names what it speaks of."""
    said: Said = field(default_factory=Said)
    rows: dict[str, Row] = field(default_factory=dict)
    """Where what is said comes from, by the name in the file."""

    def name(self, ref: Reference, wanted: Wanted = Wanted.KEY_RESULT) -> str:
        """Return how this file names an item."""
        block = "objectives" if wanted is Wanted.OBJECTIVE else "key_results"
        return self.known.get((block, ref)) or self.names.spelt(ref, wanted)

    def add(self, row: Row) -> None:
        """Add what a row says; UsageError where the same is spoken of twice."""
        block, name = self._meant(row)
        if name in self.rows:
            where = f"{row.place}: " if row.place else ""
            raise click.UsageError(f"{where}'{row.ref}' stands twice; what counts?")
        self.rows[name] = row
        if block in ("health", "initiatives"):
            if set(row.fields) != {"value"}:
                raise click.UsageError(f"'{row.ref}' takes a value alone: {row.ref}=VALUE")
            getattr(self.said, block)[name] = row.fields["value"]
        else:
            getattr(self.said, block)[name] = _with_steps(row.fields)

    def _meant(self, row: Row) -> tuple[str, str]:
        """Return the block and the name in it that a row speaks of.

        What is nothing stays as it was typed: reading the file tells what is near it.
        """
        if found := self.names.find(row.ref):
            return "key_results", self.name(found.ref)
        if metric := self.names.health(row.ref):
            return "health", metric.id
        if title := self.names.initiative(row.ref):
            return "initiatives", title
        found = self.names.find(row.ref, Wanted.OBJECTIVE)
        if found and isinstance(found.item, Objective):
            if "value" in row.fields:
                row.fields.setdefault("status", row.fields.pop("value"))
            return "objectives", self.name(found.ref, Wanted.OBJECTIVE)
        return "key_results", row.ref


def _with_steps(fields: dict[str, str]) -> Fields:
    """Return fields with the steps that are done as a list."""
    said: Fields = {**fields}
    if ";" in (done := fields.get("done", "")):
        said["done"] = [step.strip() for step in done.split(";") if step.strip()]
    return said


@dataclass
class CheckIns:
    """The check-in files that one command writes."""

    sources: Sources
    day: date | None = None
    """The day that was asked for; None for this week's."""
    cycle: Cycle | None = None
    files: dict[str, CheckInFile] = field(default_factory=dict)

    def file(self, writer: Writer, day: date | None = None) -> CheckInFile:
        """Return the file that somebody writes this week, or on a day."""
        records = self.sources.reading.records.check_ins
        company = self.sources.company
        path, on = check_in_path(company, writer, records, self.sources.ground, day or self.day)
        if path not in self.files:
            names = Names(self.sources.ground, writer.person, writer.team, on, self.cycle)
            record = next((each for each in records if each.path == path), None)
            self.files[path] = CheckInFile(writer, path, on, names, record, names.in_file(record))
        return self.files[path]

    def writer(self, name: str) -> Writer:
        """Return the team or person of a name; UsageError where there is none."""
        company = self.sources.company
        if found := find_writer(self.sources.ground, company, name):
            return found
        known = self.sources.ground.directory.known_names()
        near = nearest(name, known, 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise click.UsageError(f"no team or person is called '{neutral(name)}'{hint}")

    def writer_of(self, row: Row) -> Writer:
        """Return whose check-in a row belongs to, where no team is named: the owner in its REF."""
        head, slash, _ = row.ref.partition("/")
        owner = find_writer(self.sources.ground, self.sources.company, head.partition("@")[0])
        if slash and owner:
            return owner
        where = f"{row.place}: " if row.place else ""
        raise click.UsageError(
            f"{where}'{neutral(row.ref)}' names no team; write TEAM/{neutral(row.ref)}, "
            "or the team before it"
        )

    def edited(self) -> dict[str, bytes]:
        """Return the files with what was said in them."""
        return {
            path: edit_check_in(path, self.sources.data(path), file.said)
            for path, file in self.files.items()
        }

    def moved(self, problem: Problem, after: Iterable[CheckInRecord]) -> Problem:
        """Return a problem at the row of the CSV file that it comes from, if it does."""
        record = next((each for each in after if each.path == problem.place.path), None)
        file = self.files.get(problem.place.path)
        for item in (*record.key_results, *record.objectives) if record and file else ():
            last = max(item.place.end_line, item.name.place.end_line)
            row = file.rows.get(item.name.value) if file else None
            if row and row.place and item.name.place.line <= problem.place.line <= last:
                return replace(problem, place=row.place)
        return problem
