"""What answers look like that are written as bytes by hand: these models describe them, and nothing is made of them.

`x-is` names a component of the schema that is described elsewhere (`openapi`).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, WithJsonSchema

LineAnswer = Annotated[Any, WithJsonSchema({"x-is": "LineAnswer"})]
Problem = Annotated[Any, WithJsonSchema({"x-is": "Problem"})]


class CheckAnswer(BaseModel):
    """`problems` names what was read otherwise than it was written, and what could not be read or be answered."""

    claimwright: str = Field(description="The version that answered.")
    as_of: date
    lines: list[LineAnswer]
    problems: list[Problem]


class ProductValue(BaseModel):
    """A payer by its line of business, and by its key in the payer table where its own policies are loaded."""

    program: str
    key: str | None


class AskedAnswer(BaseModel):
    """`value` states the answer in `facts`; it is null where the answer only says on which side of a bound a number or
    a day lies, and then the number or the day itself is the value to state.
    """

    answer: str
    value: str | bool | ProductValue | None
    outcomes: list[str] = Field(description="What is still open after this answer.")


class AskedQuestion(BaseModel):
    """The one question to ask next; state its answer under `facts`, or its fact in `not_known`."""

    fact: str
    type: Literal["choice", "yes/no", "number", "date", "product", "code", "codes"]
    unit: str
    text: str
    who: str = Field(description="Who usually knows.")
    why: str
    answers: list[AskedAnswer]


class Point(BaseModel):
    """`met` is `told` where the fact is no yes or no; then its value stands in `fact`."""

    met: Literal["yes", "no", "open", "told"]
    fact: str


class Checklist(BaseModel):
    title: str
    points: list[Point]


class Asked(BaseModel):
    """Where the line stands with what is known, and what to ask next."""

    question: AskedQuestion | None
    answer: LineAnswer
    checklists: list[Checklist]


DESCRIBED: tuple[type[BaseModel], ...] = (CheckAnswer, Asked)
