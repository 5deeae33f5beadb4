"""How well and how fast notes are read: precision, recall and F1 of every label, a table of confusions, notes a second.

    python benchmarks/read_notes.py [development|held-out]… [--errors LABEL]… [--speed]

The notes and the page that says how they are labelled stand in benchmarks/notes/. `--errors` shows where a label was
read otherwise; it refuses the held-out half, which nobody who writes the rules may look into.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claimwright.chart.batch import read_all
from claimwright.chart.read import read
from claimwright.chart.told import Told

NOTES = Path(__file__).parent / "notes"
INFRARED = "97026"
NATIONAL = frozenset({"neuropathy", "wound", "ulcer", "pain_from_ncd_condition"})
YES_OR_NO = {
    "rationale": "rationale documented",
    "response": "response documented",
    "goal_link": "goal link documented",
    "skilled_procedure": "skilled procedure documented",
    "modality_reason": "modality reason documented",
    "total_minutes": "total treatment minutes documented",
    "signed": "note signed",
    "cloned": "cloned words",
    "risk": "risk words",
    "comfort": "comfort words",
}
OF_VALUE = {"device": "device", "setting": "setting of use", "furnished_by": "furnished by"}


def notes(half: str) -> list[dict[str, Any]]:
    """The labelled notes of a half, as dictionaries with the keys of benchmarks/notes/README.md."""
    lines = (NOTES / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def as_labelled(told: Told) -> dict[str, Any]:
    """What was read of a note, in the values of the labels."""
    given = INFRARED in told.services
    intent = next(iter(told.of("treatment intent", INFRARED)), None)
    there = next(iter(told.of("supervision documented", INFRARED)), None)
    minutes = next(iter(told.of("minutes", INFRARED)), None)
    labels: dict[str, Any] = {
        "intent": "none" if not given else "unknown" if intent is None or intent.either else _underscored(intent.value),
        "supervision": "n/a" if not given else "ambiguous" if there is None else _supervision(there.value, there.rule),
        "minutes": minutes.value if minutes and given else None,
        "regions": sorted({name for said in told.of("regions") for name in said.value}) if given else [],
    }
    for label, fact in YES_OR_NO.items():
        labels[label] = any(said.value is True for said in told.of(fact))
    for label, fact in OF_VALUE.items():
        labels[label] = next((said.value for said in told.of(fact)), None)
    return labels


def _underscored(value: object) -> str:
    return str(value).replace(" ", "_")


def _supervision(value: object, rule: str) -> str:
    return "documented" if value is True else rule.rpartition(".")[2]


def wanted_of(note: dict[str, Any]) -> dict[str, Any]:
    """The labels of a note that `as_labelled` answers to."""
    labels = {name: note[name] for name in (*OF_VALUE, "intent", "supervision", "minutes")}
    labels |= {name: note[name] for name in YES_OR_NO if name in note}
    labels |= {"risk": bool(note["risk_phrases"]), "comfort": bool(note["comfort_phrases"])}
    labels["regions"] = sorted(note["regions"])
    labels["minutes"] = None if note["minutes"] is None else float(note["minutes"])
    return labels


def mentions_of(note: dict[str, Any], told: Told) -> Iterator[tuple[str, str]]:
    """(wanted, got) for each mention of a neuropathy, wound or ulcer: what it is, and its status; `-` for none."""
    text = note["text"]
    found = [one for one in told.mentions if one.label == "condition"]
    for mention in note["mentions"]:
        start = -1
        for _ in range(mention.get("nth", 1)):
            start = text.find(mention["words"], start + 1)
        end = start + len(mention["words"])
        hit = next((one for one in found if one.span.start < end and start < one.span.end), None)
        found = [one for one in found if not (one.span.start < end and start < one.span.end)]
        yield f"{mention['of']} {mention['status']}", f"{hit.value} {hit.status}" if hit else "-"
    for one in found:
        yield "-", f"{one.value} {one.status}"


class Score:
    """What was wanted and what was got of one label, over all notes."""

    def __init__(self) -> None:
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.errors: list[str] = []

    def add(self, note: str, wanted: object, got: object) -> None:
        self.pairs[str(wanted), str(got)] += 1
        if str(wanted) != str(got):
            self.errors.append(f"{note}: {wanted}, read as {got}")

    def f1(self, nothing: frozenset[str]) -> tuple[float, float, float]:
        """Micro precision, recall and F1 over all values but those that say nothing."""
        right = sum(many for (wanted, got), many in self.pairs.items() if wanted == got and wanted not in nothing)
        said = sum(many for (_, got), many in self.pairs.items() if got not in nothing)
        asked = sum(many for (wanted, _), many in self.pairs.items() if wanted not in nothing)
        precision, recall = right / said if said else 1.0, right / asked if asked else 1.0
        return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0

    @property
    def accuracy(self) -> float:
        return sum(many for (wanted, got), many in self.pairs.items() if wanted == got) / sum(self.pairs.values())


NOTHING = frozenset({"None", "False", "-", "n/a"})


def scored(half: str) -> dict[str, Score]:
    """The score of each label over a half."""
    scores: dict[str, Score] = {}
    for note in notes(half):
        told = read(note["text"])
        got = as_labelled(told)
        for label, wanted in wanted_of(note).items():
            if label == "regions":
                for name in sorted({*wanted, *got[label]}):
                    one = (name if name in wanted else "-", name if name in got[label] else "-")
                    scores.setdefault(label, Score()).add(note["id"], *one)
            else:
                scores.setdefault(label, Score()).add(note["id"], wanted, got[label])
        for wanted, found in mentions_of(note, told):
            scores.setdefault("mention", Score()).add(note["id"], wanted, found)
            if wanted != "-" and found != "-":
                scores.setdefault("status", Score()).add(note["id"], wanted.split()[1], found.split()[1])
    return scores


def report(half: str, errors: list[str]) -> None:
    scores = scored(half)
    many = len(notes(half))
    print(f"\n{half}: {many} notes\n\n| label | precision | recall | F1 | all alike |\n|---|---|---|---|---|")
    for label, score in scores.items():
        precision, recall, f1 = score.f1(NOTHING)
        print(f"| {label} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {score.accuracy:.3f} |")
    intents = scores["intent"].pairs
    missed = sum(n for (wanted, got), n in intents.items() if wanted in NATIONAL and got == "msk_adjunct")
    print(f"\na national purpose read as musculoskeletal: {missed} of {many} notes")
    values = sorted({value for pair in intents for value in pair})
    print("\nintent, wanted down, read across\n\n| |" + "|".join(values) + "|\n|---" * 1 + "|---" * len(values) + "|")
    for wanted in values:
        print(f"| {wanted} | " + " | ".join(str(intents.get((wanted, got), 0) or "") for got in values) + " |")
    for label in errors:
        print(f"\n{label}:", *scores[label].errors, sep="\n  ")


def speed() -> None:
    """Notes of one kilobyte a second: one at a time, and a batch over all cores."""
    texts = _kilobytes([note["text"] for half in ("development", "held-out") for note in notes(half)])
    read(texts[0])
    single = []
    for text in texts[:2000]:
        began = time.perf_counter()
        read(text)
        single.append(time.perf_counter() - began)
    began = time.perf_counter()
    done = len(read_all(texts))
    rate = done / (time.perf_counter() - began)
    print(
        f"one at a time: {1 / statistics.mean(single):,.0f} notes/s, median {statistics.median(single) * 1000:.2f} ms"
    )
    print(f"a batch of {done:,} over {os.cpu_count()} cores: {rate:,.0f} notes/s, starting the processes included")


def _kilobytes(texts: list[str]) -> list[str]:
    """Distinct texts of 1,024 characters made of whole notes, 8,000 of them."""
    made = []
    for number in range(8000):
        text, at = f"Visit {number}.\n", number * 7
        while len(text) < 1024:
            text += texts[at % len(texts)] + "\n\n"
            at += 1
        made.append(text[:1024])
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("halves", nargs="*", default=["development", "held-out"])
    parser.add_argument("--errors", action="append", default=[])
    parser.add_argument("--speed", action="store_true")
    given = parser.parse_args()
    if given.errors and "held-out" in given.halves:
        parser.error("the errors of the held-out half are not looked at; name `development` alone")
    for half in given.halves:
        report(half, given.errors)
    if given.speed:
        speed()


if __name__ == "__main__":
    main()
