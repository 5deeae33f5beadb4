from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.fact import Fact
from ...models.problem_details import ProblemDetails
from typing import cast



def _get_kwargs(
    fact: str,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/facts/{fact}".format(fact=quote(str(fact), safe=""),),
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Fact | ProblemDetails | None:
    if response.status_code == 200:
        response_200 = Fact.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Fact | ProblemDetails]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    fact: str,
    *,
    client: AuthenticatedClient,

) -> Response[Fact | ProblemDetails]:
    """ Show Fact

     One fact, by its name or by another name of its.

    Args:
        fact (str): The name of a fact.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Fact | ProblemDetails]
     """


    kwargs = _get_kwargs(
        fact=fact,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    fact: str,
    *,
    client: AuthenticatedClient,

) -> Fact | ProblemDetails | None:
    """ Show Fact

     One fact, by its name or by another name of its.

    Args:
        fact (str): The name of a fact.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Fact | ProblemDetails
     """


    return sync_detailed(
        fact=fact,
client=client,

    ).parsed

async def asyncio_detailed(
    fact: str,
    *,
    client: AuthenticatedClient,

) -> Response[Fact | ProblemDetails]:
    """ Show Fact

     One fact, by its name or by another name of its.

    Args:
        fact (str): The name of a fact.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Fact | ProblemDetails]
     """


    kwargs = _get_kwargs(
        fact=fact,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    fact: str,
    *,
    client: AuthenticatedClient,

) -> Fact | ProblemDetails | None:
    """ Show Fact

     One fact, by its name or by another name of its.

    Args:
        fact (str): The name of a fact.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Fact | ProblemDetails
     """


    return (await asyncio_detailed(
        fact=fact,
client=client,

    )).parsed
