from typing import Literal

ListEditsSetting = Literal['institutional', 'professional']

LIST_EDITS_SETTING_VALUES: set[ListEditsSetting] = { 'institutional', 'professional',  }

def check_list_edits_setting(value: str) -> ListEditsSetting:
    if value in LIST_EDITS_SETTING_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LIST_EDITS_SETTING_VALUES!r}")
