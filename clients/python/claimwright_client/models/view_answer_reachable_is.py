from typing import Literal

ViewAnswerReachableIs = Literal['at most', 'exact']

VIEW_ANSWER_REACHABLE_IS_VALUES: set[ViewAnswerReachableIs] = { 'at most', 'exact',  }

def check_view_answer_reachable_is(value: str) -> ViewAnswerReachableIs:
    if value in VIEW_ANSWER_REACHABLE_IS_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {VIEW_ANSWER_REACHABLE_IS_VALUES!r}")
