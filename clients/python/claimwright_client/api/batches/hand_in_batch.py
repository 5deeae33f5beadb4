from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...types import Response, UNSET
from ... import errors

from ...models.batch_whole import BatchWhole
from ...models.hand_in_batch_body import HandInBatchBody
from ...models.problem_details import ProblemDetails
from ...types import UNSET, Unset
from typing import cast



def _get_kwargs(
    *,
    body: HandInBatchBody,
    idempotency_key: None | str | Unset = UNSET,

) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["idempotency-key"] = idempotency_key



    

    

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/batches",
    }

    _kwargs["files"] = body.to_multipart()

    headers["Content-Type"] = "multipart/form-data; boundary=+++"

    _kwargs["headers"] = headers
    return _kwargs



def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> BatchWhole | ProblemDetails | None:
    if response.status_code == 202:
        response_202 = BatchWhole.from_dict(response.json())



        return response_202

    if response.status_code == 401:
        response_401 = ProblemDetails.from_dict(response.json())



        return response_401

    if response.status_code == 403:
        response_403 = ProblemDetails.from_dict(response.json())



        return response_403

    if response.status_code == 409:
        response_409 = ProblemDetails.from_dict(response.json())



        return response_409

    if response.status_code == 413:
        response_413 = ProblemDetails.from_dict(response.json())



        return response_413

    if response.status_code == 422:
        response_422 = ProblemDetails.from_dict(response.json())



        return response_422

    if response.status_code == 429:
        response_429 = ProblemDetails.from_dict(response.json())



        return response_429

    if response.status_code == 503:
        response_503 = ProblemDetails.from_dict(response.json())



        return response_503

    if response.status_code == 507:
        response_507 = ProblemDetails.from_dict(response.json())



        return response_507

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[BatchWhole | ProblemDetails]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: HandInBatchBody,
    idempotency_key: None | str | Unset = UNSET,

) -> Response[BatchWhole | ProblemDetails]:
    """ Hand In Batch

     Hand in files to be checked together: claims, and what is known beside them.

    Files come under their kind, each kind as often as it takes. ZIP archives are unpacked. The answer
    comes at once,
    while the batch waits to be checked; `Location` is where to ask for it.

    Args:
        idempotency_key (None | str | Unset): A word of your own for this batch. Sent again with
            the same content it gives the same batch, and with other content 409.
        body (HandInBatchBody):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[BatchWhole | ProblemDetails]
     """


    kwargs = _get_kwargs(
        body=body,
idempotency_key=idempotency_key,

    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)

def sync(
    *,
    client: AuthenticatedClient,
    body: HandInBatchBody,
    idempotency_key: None | str | Unset = UNSET,

) -> BatchWhole | ProblemDetails | None:
    """ Hand In Batch

     Hand in files to be checked together: claims, and what is known beside them.

    Files come under their kind, each kind as often as it takes. ZIP archives are unpacked. The answer
    comes at once,
    while the batch waits to be checked; `Location` is where to ask for it.

    Args:
        idempotency_key (None | str | Unset): A word of your own for this batch. Sent again with
            the same content it gives the same batch, and with other content 409.
        body (HandInBatchBody):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        BatchWhole | ProblemDetails
     """


    return sync_detailed(
        client=client,
body=body,
idempotency_key=idempotency_key,

    ).parsed

async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: HandInBatchBody,
    idempotency_key: None | str | Unset = UNSET,

) -> Response[BatchWhole | ProblemDetails]:
    """ Hand In Batch

     Hand in files to be checked together: claims, and what is known beside them.

    Files come under their kind, each kind as often as it takes. ZIP archives are unpacked. The answer
    comes at once,
    while the batch waits to be checked; `Location` is where to ask for it.

    Args:
        idempotency_key (None | str | Unset): A word of your own for this batch. Sent again with
            the same content it gives the same batch, and with other content 409.
        body (HandInBatchBody):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[BatchWhole | ProblemDetails]
     """


    kwargs = _get_kwargs(
        body=body,
idempotency_key=idempotency_key,

    )

    response = await client.get_async_httpx_client().request(
        **kwargs
    )

    return _build_response(client=client, response=response)

async def asyncio(
    *,
    client: AuthenticatedClient,
    body: HandInBatchBody,
    idempotency_key: None | str | Unset = UNSET,

) -> BatchWhole | ProblemDetails | None:
    """ Hand In Batch

     Hand in files to be checked together: claims, and what is known beside them.

    Files come under their kind, each kind as often as it takes. ZIP archives are unpacked. The answer
    comes at once,
    while the batch waits to be checked; `Location` is where to ask for it.

    Args:
        idempotency_key (None | str | Unset): A word of your own for this batch. Sent again with
            the same content it gives the same batch, and with other content 409.
        body (HandInBatchBody):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        BatchWhole | ProblemDetails
     """


    return (await asyncio_detailed(
        client=client,
body=body,
idempotency_key=idempotency_key,

    )).parsed
