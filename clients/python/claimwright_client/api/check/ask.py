from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.ask_body import AskBody
from ...models.asked import Asked
from ...models.problem_details import ProblemDetails
from typing import cast



def _get_kwargs(
    *,
    body: AskBody,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}


    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/ask",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Asked | ProblemDetails | None:
    if response.status_code == 200:
        response_200 = Asked.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Asked | ProblemDetails]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: AskBody,

) -> Response[Asked | ProblemDetails]:
    """ Ask

     Ask about a line before the visit, or before it is billed: which outcomes are still open, and what
    to ask next.

    Ask until `question` is null: then nothing more would change the outcome. Nothing is kept between
    calls.

    Args:
        body (AskBody): A claim, whose first line is asked about, and what is known beyond it.

            `facts` are answers to earlier questions: for each fact the `value` of the answer that was
            chosen, or for a number
            or a day the value itself. `not_known` are facts that were asked and that nobody there
            knows.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Asked | ProblemDetails]
     """


    kwargs = _get_kwargs(
        body=body,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    *,
    client: AuthenticatedClient,
    body: AskBody,

) -> Asked | ProblemDetails | None:
    """ Ask

     Ask about a line before the visit, or before it is billed: which outcomes are still open, and what
    to ask next.

    Ask until `question` is null: then nothing more would change the outcome. Nothing is kept between
    calls.

    Args:
        body (AskBody): A claim, whose first line is asked about, and what is known beyond it.

            `facts` are answers to earlier questions: for each fact the `value` of the answer that was
            chosen, or for a number
            or a day the value itself. `not_known` are facts that were asked and that nobody there
            knows.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Asked | ProblemDetails
     """


    return sync_detailed(
        client=client,
body=body,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: AskBody,

) -> Response[Asked | ProblemDetails]:
    """ Ask

     Ask about a line before the visit, or before it is billed: which outcomes are still open, and what
    to ask next.

    Ask until `question` is null: then nothing more would change the outcome. Nothing is kept between
    calls.

    Args:
        body (AskBody): A claim, whose first line is asked about, and what is known beyond it.

            `facts` are answers to earlier questions: for each fact the `value` of the answer that was
            chosen, or for a number
            or a day the value itself. `not_known` are facts that were asked and that nobody there
            knows.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Asked | ProblemDetails]
     """


    kwargs = _get_kwargs(
        body=body,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    *,
    client: AuthenticatedClient,
    body: AskBody,

) -> Asked | ProblemDetails | None:
    """ Ask

     Ask about a line before the visit, or before it is billed: which outcomes are still open, and what
    to ask next.

    Ask until `question` is null: then nothing more would change the outcome. Nothing is kept between
    calls.

    Args:
        body (AskBody): A claim, whose first line is asked about, and what is known beyond it.

            `facts` are answers to earlier questions: for each fact the `value` of the answer that was
            chosen, or for a number
            or a day the value itself. `not_known` are facts that were asked and that nobody there
            knows.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Asked | ProblemDetails
     """


    return (await asyncio_detailed(
        client=client,
body=body,

    )).parsed
