from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.finding_entry import FindingEntry
from ...models.problem_details import ProblemDetails
from typing import cast



def _get_kwargs(
    finding: str,

) -> dict[str, Any]:
    

    

    

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/findings/{finding}".format(finding=quote(str(finding), safe=""),),
    }


    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> FindingEntry | ProblemDetails | None:
    if response.status_code == 200:
        response_200 = FindingEntry.from_dict(response.json())



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


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[FindingEntry | ProblemDetails]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    finding: str,
    *,
    client: AuthenticatedClient,

) -> Response[FindingEntry | ProblemDetails]:
    """ Show Finding

     One finding: what raises it, and what would change it.

    Args:
        finding (str): The id of a finding.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[FindingEntry | ProblemDetails]
     """


    kwargs = _get_kwargs(
        finding=finding,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    finding: str,
    *,
    client: AuthenticatedClient,

) -> FindingEntry | ProblemDetails | None:
    """ Show Finding

     One finding: what raises it, and what would change it.

    Args:
        finding (str): The id of a finding.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        FindingEntry | ProblemDetails
     """


    return sync_detailed(
        finding=finding,
client=client,

    ).parsed

async def asyncio_detailed(
    finding: str,
    *,
    client: AuthenticatedClient,

) -> Response[FindingEntry | ProblemDetails]:
    """ Show Finding

     One finding: what raises it, and what would change it.

    Args:
        finding (str): The id of a finding.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[FindingEntry | ProblemDetails]
     """


    kwargs = _get_kwargs(
        finding=finding,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    finding: str,
    *,
    client: AuthenticatedClient,

) -> FindingEntry | ProblemDetails | None:
    """ Show Finding

     One finding: what raises it, and what would change it.

    Args:
        finding (str): The id of a finding.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        FindingEntry | ProblemDetails
     """


    return (await asyncio_detailed(
        finding=finding,
client=client,

    )).parsed
