from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.determination_page import DeterminationPage
from ...models.problem_details import ProblemDetails
from ...types import UNSET, Unset
from typing import cast



def _get_kwargs(
    *,
    batch: str,
    limit: int | Unset = 50,
    cursor: int | Unset = -1,

) -> dict[str, Any]:
    

    

    params: dict[str, Any] = {}

    params["batch"] = batch

    params["limit"] = limit

    params["cursor"] = cursor


    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}


    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/determinations",
        "params": params,
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> DeterminationPage | ProblemDetails | None:
    if response.status_code == 200:
        response_200 = DeterminationPage.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[DeterminationPage | ProblemDetails]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    batch: str,
    limit: int | Unset = 50,
    cursor: int | Unset = -1,

) -> Response[DeterminationPage | ProblemDetails]:
    """ List Determinations

     The lines of a batch, page by page. All answers at once: `GET /batches/{batch}/results`.

    Args:
        batch (str): The id of a batch.
        limit (int | Unset): How many at most. Default: 50.
        cursor (int | Unset): `next` of the page before. Default: -1.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DeterminationPage | ProblemDetails]
     """


    kwargs = _get_kwargs(
        batch=batch,
limit=limit,
cursor=cursor,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    *,
    client: AuthenticatedClient,
    batch: str,
    limit: int | Unset = 50,
    cursor: int | Unset = -1,

) -> DeterminationPage | ProblemDetails | None:
    """ List Determinations

     The lines of a batch, page by page. All answers at once: `GET /batches/{batch}/results`.

    Args:
        batch (str): The id of a batch.
        limit (int | Unset): How many at most. Default: 50.
        cursor (int | Unset): `next` of the page before. Default: -1.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DeterminationPage | ProblemDetails
     """


    return sync_detailed(
        client=client,
batch=batch,
limit=limit,
cursor=cursor,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    batch: str,
    limit: int | Unset = 50,
    cursor: int | Unset = -1,

) -> Response[DeterminationPage | ProblemDetails]:
    """ List Determinations

     The lines of a batch, page by page. All answers at once: `GET /batches/{batch}/results`.

    Args:
        batch (str): The id of a batch.
        limit (int | Unset): How many at most. Default: 50.
        cursor (int | Unset): `next` of the page before. Default: -1.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DeterminationPage | ProblemDetails]
     """


    kwargs = _get_kwargs(
        batch=batch,
limit=limit,
cursor=cursor,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    *,
    client: AuthenticatedClient,
    batch: str,
    limit: int | Unset = 50,
    cursor: int | Unset = -1,

) -> DeterminationPage | ProblemDetails | None:
    """ List Determinations

     The lines of a batch, page by page. All answers at once: `GET /batches/{batch}/results`.

    Args:
        batch (str): The id of a batch.
        limit (int | Unset): How many at most. Default: 50.
        cursor (int | Unset): `next` of the page before. Default: -1.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DeterminationPage | ProblemDetails
     """


    return (await asyncio_detailed(
        client=client,
batch=batch,
limit=limit,
cursor=cursor,

    )).parsed
