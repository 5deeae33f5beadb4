from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.determination import Determination
from ...models.problem_details import ProblemDetails
from typing import cast



def _get_kwargs(
    determination: str,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/determinations/{determination}".format(determination=quote(str(determination), safe=""),),
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Determination | ProblemDetails | None:
    if response.status_code == 200:
        response_200 = Determination.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Determination | ProblemDetails]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    determination: str,
    *,
    client: AuthenticatedClient,

) -> Response[Determination | ProblemDetails]:
    """ Show Determination

     One line of a batch and the answer to it, as it stands today, with what people recorded since.

    Args:
        determination (str): The id of a line of a batch.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Determination | ProblemDetails]
     """


    kwargs = _get_kwargs(
        determination=determination,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    determination: str,
    *,
    client: AuthenticatedClient,

) -> Determination | ProblemDetails | None:
    """ Show Determination

     One line of a batch and the answer to it, as it stands today, with what people recorded since.

    Args:
        determination (str): The id of a line of a batch.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Determination | ProblemDetails
     """


    return sync_detailed(
        determination=determination,
client=client,

    ).parsed

async def asyncio_detailed(
    determination: str,
    *,
    client: AuthenticatedClient,

) -> Response[Determination | ProblemDetails]:
    """ Show Determination

     One line of a batch and the answer to it, as it stands today, with what people recorded since.

    Args:
        determination (str): The id of a line of a batch.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Determination | ProblemDetails]
     """


    kwargs = _get_kwargs(
        determination=determination,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    determination: str,
    *,
    client: AuthenticatedClient,

) -> Determination | ProblemDetails | None:
    """ Show Determination

     One line of a batch and the answer to it, as it stands today, with what people recorded since.

    Args:
        determination (str): The id of a line of a batch.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Determination | ProblemDetails
     """


    return (await asyncio_detailed(
        determination=determination,
client=client,

    )).parsed
