"""Judges a run, and writes it down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import fmean, linear_regression

from benchmarks.soak.clients import Measured
from benchmarks.soak.samples import Process, Stores

WARM_UP = 0.2  # of the samples, in which a process loads what it needs
GROWTH = 0.03  # of a process's memory over the rest of the run; more is not flat
KIB = 1024


@dataclass(frozen=True)
class Sample:
    """What was measured up to a moment of a run, in seconds."""

    second: float
    processes: list[Process]
    stores: Stores
    measured: Measured


@dataclass(frozen=True)
class Run:
    """A run with its load in requests a second, and connections before the start and at the end."""

    highest: float
    rate: float
    samples: list[Sample]
    before: Stores
    after: Stores
    idle: tuple[list[Process], list[Process]]  # without load, before and after

    def growth(self, number: int) -> float:
        """Return by which share of its memory a process has grown, by the line through samples.

        All that it has resident: the share of what others use too changes when those others end.
        """
        settled = self.samples[int(len(self.samples) * WARM_UP) :]
        times = [sample.second for sample in settled]
        memory = [sample.processes[number].rss for sample in settled]
        slope, _ = linear_regression(times, memory)
        return slope * (times[-1] - times[0]) / fmean(memory)

    def errors(self) -> Counter[str]:
        """Return the answers that were not right, by kind."""
        return sum((sample.measured.errors for sample in self.samples), Counter())

    def faults(self) -> list[str]:
        """Return what is not as it should be."""
        numbers = {len(sample.processes) for sample in self.samples}
        pids = {tuple(one.pid for one in sample.processes) for sample in self.samples}
        if len(numbers) > 1 or len(pids) > 1:
            return ["a process ended and another was started"]
        grown = [
            f"process {number} grew by {self.growth(number):.1%}"
            for number in range(numbers.pop())
            if self.growth(number) > GROWTH
        ]
        left = [f"connections: {self.before} before, {self.after} after"]
        files = [
            f"open files of process {number}: {first.files} before the load, {last.files} after"
            for number, (first, last) in enumerate(zip(*self.idle, strict=True))
            if last.files > first.files
        ]
        return (
            grown
            + files
            + left * (self.after != self.before)
            + [f"{count} answers: {kind}" for kind, count in self.errors().items()]
        )


def table(run: Run) -> str:
    """Return the samples as Markdown."""
    names = ["server", *(f"worker {n}" for n in range(1, len(run.samples[0].processes)))]
    head = [
        "minute",
        *(f"{name}: PSS, RSS MiB, files" for name in names),
        "PostgreSQL",
        "Redis",
        "a second",
        "p50, p99 ms",
        "errors",
    ]
    lines: list[Sequence[str]] = [head, ["---"] * len(head)]
    previous = 0.0
    for sample in run.samples:
        measured = sample.measured
        lines.append(
            [
                f"{sample.second / 60:.2f}",
                *(f"{p.pss / KIB:.1f}, {p.rss / KIB:.1f}, {p.files}" for p in sample.processes),
                str(sample.stores.postgresql),
                str(sample.stores.redis),
                f"{len(measured.seconds) / (sample.second - previous):.0f}",
                f"{measured.quantile(0.5)}, {measured.quantile(0.99)}",
                str(measured.errors.total()),
            ]
        )
        previous = sample.second
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def summary(run: Run) -> str:
    """Return what there is to say of a run."""
    answers = sum((sample.measured.answers for sample in run.samples), Counter[str]())
    first, last = ([one.files for one in held] for held in run.idle)
    grown = ", ".join(f"{run.growth(n):+.1%}" for n in range(len(run.samples[0].processes)))
    return (
        f"Highest load {run.highest:.0f} requests/s, run at {run.rate:.0f}: "
        f"{answers.total()} answers, "
        f"{run.errors().total()} of them not right. Memory after the first fifth: {grown}. "
        f"Open files without load: {first} before and {last} after. "
        f"Connections to PostgreSQL and Redis before the start {run.before.postgresql} and "
        f"{run.before.redis}, after the end {run.after.postgresql} and {run.after.redis}."
    )


def raw(run: Run) -> dict[str, object]:
    """Return all of it for JSON, waiting times as quantiles."""
    samples = [
        {
            "second": round(sample.second, 1),
            "processes": [asdict(one) for one in sample.processes],
            "stores": asdict(sample.stores),
            "answers": dict(sample.measured.answers),
            "errors": dict(sample.measured.errors),
            "p50": sample.measured.quantile(0.5),
            "p99": sample.measured.quantile(0.99),
        }
        for sample in run.samples
    ]
    stores = {"before": asdict(run.before), "after": asdict(run.after)}
    idle = [[asdict(one) for one in held] for held in run.idle]
    return {"highest": run.highest, "rate": run.rate, "samples": samples, "idle": idle} | stores
