from typing import Literal

AskedQuestionType = Literal['choice', 'code', 'codes', 'date', 'number', 'product', 'yes/no']

ASKED_QUESTION_TYPE_VALUES: set[AskedQuestionType] = { 'choice', 'code', 'codes', 'date', 'number', 'product', 'yes/no',  }

def check_asked_question_type(value: str) -> AskedQuestionType:
    if value in ASKED_QUESTION_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ASKED_QUESTION_TYPE_VALUES!r}")
