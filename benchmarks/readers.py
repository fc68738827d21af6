"""Readers of a running server, as a browser talks with it but without one: pages asked for, timed.

A plain proxy stands before the servers: it reads the first lines of a connection, and gives all
that one reader asks for to the same server, as balancers do by a cookie.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PAGES = ("", "manadsuppfoljning", "avvikelser", "medel", "jamfor")


@asynccontextmanager
async def proxy(ports: Sequence[int]) -> AsyncIterator[int]:
    """A proxy before the servers on these ports; gives its own."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        number = int(head.partition(b"reader=")[2].partition(b"\r\n")[0] or b"0")
        port = ports[number % len(ports)]
        from_server, to_server = await asyncio.open_connection("127.0.0.1", port)
        to_server.write(head)
        await asyncio.gather(_pass_on(reader, to_server), _pass_on(from_server, writer))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while part := await reader.read(1 << 16):
            writer.write(part)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def read(port: int, *, readers: int, seconds: float) -> list[float]:
    """How long each page took that some readers asked for, one after the other, for a while."""
    until = time.monotonic() + seconds
    taken = await asyncio.gather(*(_reader(port, number, until) for number in range(readers)))
    return [one for mine in taken for one in mine]


async def _reader(port: int, number: int, until: float) -> list[float]:
    taken = []
    async with websockets.connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        subprotocols=[websockets.Subprotocol("streamlit")],
        additional_headers={"Cookie": f"reader={number}"},
        max_size=None,
    ) as connection:
        turn = number
        while time.monotonic() < until:
            begun = time.monotonic()
            await connection.send(_wanted(PAGES[turn % len(PAGES)]))
            while not _is_last(await connection.recv()):
                pass
            taken.append(time.monotonic() - begun)
            turn += 1
    return taken


def _wanted(page: str) -> bytes:
    message = BackMsg()
    message.rerun_script.page_name = page
    return bytes(message.SerializeToString())


def _is_last(content: str | bytes) -> bool:
    message = ForwardMsg()
    message.ParseFromString(content if isinstance(content, bytes) else content.encode())
    return message.WhichOneof("type") == "script_finished"
