from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.code_facts import CodeFacts
from ...models.problem_details import ProblemDetails
from ...types import UNSET, Unset
from typing import cast
import datetime



def _get_kwargs(
    code: str,
    *,
    on: datetime.date | None | Unset = UNSET,

) -> dict[str, Any]:
    

    

    params: dict[str, Any] = {}

    json_on: None | str | Unset
    if isinstance(on, Unset):
        json_on = UNSET
    elif isinstance(on, datetime.date):
        json_on = on.isoformat()
    else:
        json_on = on
    params["on"] = json_on


    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}


    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/codes/{code}".format(code=quote(str(code), safe=""),),
        "params": params,
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> CodeFacts | ProblemDetails | None:
    if response.status_code == 200:
        response_200 = CodeFacts.from_dict(response.json())



        return response_200

    if response.status_code == 401:
        response_401 = ProblemDetails.from_dict(response.json())



        return response_401

    if response.status_code == 403:
        response_403 = ProblemDetails.from_dict(response.json())



        return response_403

    if response.status_code == 404:
        response_404 = ProblemDetails.from_dict(response.json())



        return response_404

    if response.status_code == 422:
        response_422 = ProblemDetails.from_dict(response.json())



        return response_422

    if response.status_code == 429:
        response_429 = ProblemDetails.from_dict(response.json())



        return response_429

    if response.status_code == 503:
        response_503 = ProblemDetails.from_dict(response.json())



        return response_503

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[CodeFacts | ProblemDetails]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    code: str,
    *,
    client: AuthenticatedClient,
    on: datetime.date | None | Unset = UNSET,

) -> Response[CodeFacts | ProblemDetails]:
    """ Show Code

     A code on a day: what it is, its units, the sets in which it stands, and who speaks of it.

    Args:
        code (str): A procedure, a modifier or a diagnosis.
        on (datetime.date | None | Unset): The day; today, by default.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CodeFacts | ProblemDetails]
     """


    kwargs = _get_kwargs(
        code=code,
on=on,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    code: str,
    *,
    client: AuthenticatedClient,
    on: datetime.date | None | Unset = UNSET,

) -> CodeFacts | ProblemDetails | None:
    """ Show Code

     A code on a day: what it is, its units, the sets in which it stands, and who speaks of it.

    Args:
        code (str): A procedure, a modifier or a diagnosis.
        on (datetime.date | None | Unset): The day; today, by default.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CodeFacts | ProblemDetails
     """


    return sync_detailed(
        code=code,
client=client,
on=on,

    ).parsed

async def asyncio_detailed(
    code: str,
    *,
    client: AuthenticatedClient,
    on: datetime.date | None | Unset = UNSET,

) -> Response[CodeFacts | ProblemDetails]:
    """ Show Code

     A code on a day: what it is, its units, the sets in which it stands, and who speaks of it.

    Args:
        code (str): A procedure, a modifier or a diagnosis.
        on (datetime.date | None | Unset): The day; today, by default.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CodeFacts | ProblemDetails]
     """


    kwargs = _get_kwargs(
        code=code,
on=on,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    code: str,
    *,
    client: AuthenticatedClient,
    on: datetime.date | None | Unset = UNSET,

) -> CodeFacts | ProblemDetails | None:
    """ Show Code

     A code on a day: what it is, its units, the sets in which it stands, and who speaks of it.

    Args:
        code (str): A procedure, a modifier or a diagnosis.
        on (datetime.date | None | Unset): The day; today, by default.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CodeFacts | ProblemDetails
     """


    return (await asyncio_detailed(
        code=code,
client=client,
on=on,

    )).parsed
