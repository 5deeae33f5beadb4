from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.check_answer import CheckAnswer
from ...models.claim import Claim
from ...models.problem_details import ProblemDetails
from ...types import File, FileTypes
from ...types import UNSET, Unset
from io import BytesIO
from typing import cast
import datetime



def _get_kwargs(
    *,
    body:    Claim  |     File  | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    params: dict[str, Any] = {}

    json_as_of: None | str | Unset
    if isinstance(as_of, Unset):
        json_as_of = UNSET
    elif isinstance(as_of, datetime.date):
        json_as_of = as_of.isoformat()
    else:
        json_as_of = as_of
    params["as_of"] = json_as_of


    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}


    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/check",
        "params": params,
    }

    if isinstance(body, Claim):
        _kwargs["json"] = body.to_dict()

        headers["Content-Type"] = "application/json"
    if isinstance(body, File):
        _kwargs["content"] = body.payload
        headers["Content-Type"] = "text/plain"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> CheckAnswer | ProblemDetails | None:
    if response.status_code == 200:
        response_200 = CheckAnswer.from_dict(response.json())



        return response_200

    if response.status_code == 401:
        response_401 = ProblemDetails.from_dict(response.json())



        return response_401

    if response.status_code == 403:
        response_403 = ProblemDetails.from_dict(response.json())



        return response_403

    if response.status_code == 413:
        response_413 = ProblemDetails.from_dict(response.json())



        return response_413

    if response.status_code == 415:
        response_415 = ProblemDetails.from_dict(response.json())



        return response_415

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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[CheckAnswer | ProblemDetails]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body:    Claim  |     File  | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,

) -> Response[CheckAnswer | ProblemDetails]:
    """ Check

     Check a claim before it is billed: what the payer's policy says of every line, and the sentence that
    decides.

    Nothing of the claim is kept. A field that is left out or null is unknown, never "no". Only what is
    in the claim is
    known to the check: send all that was done for the patient on that day in one claim, and say so with
    `whole_day`.

    Args:
        as_of (datetime.date | None | Unset): The day from which the claim is looked at; today
            (UTC), by default. Lines of later days are not answered, and named in `problems`.
        body (Claim): One claim. `whole_day` says that the lines are all that was done for the
            patient on their days.

            `received` is the day on which the payer receives it.
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CheckAnswer | ProblemDetails]
     """


    kwargs = _get_kwargs(
        body=body,
as_of=as_of,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    *,
    client: AuthenticatedClient,
    body:    Claim  |     File  | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,

) -> CheckAnswer | ProblemDetails | None:
    """ Check

     Check a claim before it is billed: what the payer's policy says of every line, and the sentence that
    decides.

    Nothing of the claim is kept. A field that is left out or null is unknown, never "no". Only what is
    in the claim is
    known to the check: send all that was done for the patient on that day in one claim, and say so with
    `whole_day`.

    Args:
        as_of (datetime.date | None | Unset): The day from which the claim is looked at; today
            (UTC), by default. Lines of later days are not answered, and named in `problems`.
        body (Claim): One claim. `whole_day` says that the lines are all that was done for the
            patient on their days.

            `received` is the day on which the payer receives it.
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CheckAnswer | ProblemDetails
     """


    return sync_detailed(
        client=client,
body=body,
as_of=as_of,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body:    Claim  |     File  | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,

) -> Response[CheckAnswer | ProblemDetails]:
    """ Check

     Check a claim before it is billed: what the payer's policy says of every line, and the sentence that
    decides.

    Nothing of the claim is kept. A field that is left out or null is unknown, never "no". Only what is
    in the claim is
    known to the check: send all that was done for the patient on that day in one claim, and say so with
    `whole_day`.

    Args:
        as_of (datetime.date | None | Unset): The day from which the claim is looked at; today
            (UTC), by default. Lines of later days are not answered, and named in `problems`.
        body (Claim): One claim. `whole_day` says that the lines are all that was done for the
            patient on their days.

            `received` is the day on which the payer receives it.
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CheckAnswer | ProblemDetails]
     """


    kwargs = _get_kwargs(
        body=body,
as_of=as_of,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    *,
    client: AuthenticatedClient,
    body:    Claim  |     File  | Unset = UNSET,
    as_of: datetime.date | None | Unset = UNSET,

) -> CheckAnswer | ProblemDetails | None:
    """ Check

     Check a claim before it is billed: what the payer's policy says of every line, and the sentence that
    decides.

    Nothing of the claim is kept. A field that is left out or null is unknown, never "no". Only what is
    in the claim is
    known to the check: send all that was done for the patient on that day in one claim, and say so with
    `whole_day`.

    Args:
        as_of (datetime.date | None | Unset): The day from which the claim is looked at; today
            (UTC), by default. Lines of later days are not answered, and named in `problems`.
        body (Claim): One claim. `whole_day` says that the lines are all that was done for the
            patient on their days.

            `received` is the day on which the payer receives it.
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CheckAnswer | ProblemDetails
     """


    return (await asyncio_detailed(
        client=client,
body=body,
as_of=as_of,

    )).parsed
