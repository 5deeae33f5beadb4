"""Small folders of policies, written the way real ones are: a vocabulary, programs, and policies made of rules."""

import textwrap

from claimwright.determine.plan import make_ready
from claimwright.policies.reading import read_folder

FACTS = """\
facts:
  procedure: {type: code, column: procedure, from: [claim], says: the code}
  modifiers: {type: codes, column: modifier, from: [claim], says: the modifiers}
  claim diagnoses: {type: codes, column: dx, from: [claim], says: the diagnoses}
  procedures that day: {type: codes, column: procedure, over: visit, from: [claim], says: the codes of the day}
  claim form: {type: choice, column: form, values: {professional: p, institutional: i}, from: [claim], says: the form}
  purpose: {type: choice, values: {a: a, b: b, c: c}, from: [person], says: why, ask: "Why?"}
  noted: {type: yes/no, from: [chart], says: whether it is noted, ask: "Is it noted?", missing: DOC-NOTED}
  signed: {type: yes/no, from: [chart], says: whether it is signed, ask: "Is it signed?", missing: DOC-SIGNED}
  age: {type: number, from: [person], says: years of age, ask: "How old?"}
  renewed: {type: date, from: [plan], says: when, ask: "When?"}
derived:
  in order:
    says: whether the note is in order
    cite: made up
    all of:
      - noted: is yes
      - signed: is yes
"""
CODES = """\
set,system,code,from,to,source
heat,CPT,97018,,,made up
heat,CPT,97026,,,made up
infrared,CPT,97026,,,made up
knee,ICD-10-CM,M17.11,,,made up
joint,ICD-10-CM,M1*,,,made up
lately,CPT,97026,2021-01-01,,made up
"""
PROGRAM = """\
---
id: {id}
title: a program
source: https://example.org
checked: 2026-01-01
---
```program
ranks: [mandate, NCD, LCD, manual]
ask: [purpose]
{more}
```
"""
POLICY = """\
---
id: {id}
title: a policy
payer: nobody
authority: nobody
source: https://example.org
quote: paraphrase
checked: 2026-01-01
{front}
---

> A sentence. [paraphrase]

{rules}
"""
DENIES = "then: not medically necessary"
COVERS = "then: covered conditional"


def rule(name, when="procedure: in [infrared]", then=DENIES, *, span="..", view="documented", more=""):
    """A rule; conditions and further keys stand on lines of their own."""
    conditions = textwrap.indent(when, "  ")
    outcome = f"channel: coverage\n{then}" if then.startswith("then") else then
    lines = f"in force: {span}\nview: {view}\n{outcome}\nwhen:\n{conditions}\nbecause: it is so\n{more}"
    return f"```rule {name}\n{lines}\n```\n"


def folder(root, policies, programs=("medicare-part-b",), *, opens="", codes=CODES):
    """A shelf and its plan. `policies`: id → front matter and rules."""
    (root / "facts.yaml").write_text(FACTS, "utf-8")
    (root / "codes.csv").write_text(codes, "utf-8")
    for name in programs:
        (root / "programs" / name).mkdir(parents=True)
        (root / "programs" / name / "program.md").write_text(PROGRAM.format(id=name, more=opens), "utf-8")
    for name, (front, *rules) in policies.items():
        (root / name).mkdir()
        text = POLICY.format(id=name, front=front, rules="\n".join(rules))
        (root / name / "policy.md").write_text(text, "utf-8")
    shelf = read_folder(root)
    assert shelf.complaints == ()
    return shelf, make_ready(shelf.library)
