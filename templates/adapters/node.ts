import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer, Receiver } from "../receiver.js";

/** How long a sender that is still talking gets to read its answer. */
const lingerMs = 1000;

/** A listener for `node:http`: `createServer(nodeListener(receiver)).listen(8080)`. */
export function nodeListener(
  receiver: Receiver,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    // A sender that hangs up is nobody's error.
    response.on("error", () => undefined);
    void receiver
      .receive({
        method: request.method ?? "",
        path: request.url ?? "",
        headers: headersOf(request),
        body: chunksOf(request),
      })
      .then((answer) => {
        send(answer, request, response);
      });
  };
}

function send(
  { status, headers, body }: Answer,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const length = Buffer.byteLength(body);
  if (request.complete || request.destroyed) {
    response
      .writeHead(status, { ...headers, "content-length": length })
      .end(body);
    return;
  }
  // Answered before the body was read. To close at once would reset the connection, and with it take the answer from a
  // sender that is still writing; so it gets all of the answer and a moment to read it, while nothing more is read here.
  response.writeHead(status, {
    ...headers,
    "content-length": length,
    connection: "close",
  });
  response.write(body);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingerMs);
  request.once("close", end);
}

/** What came once is a string, what came several times an array: `request.headers` keeps only the first of some. */
function headersOf(
  request: IncomingMessage,
): Record<string, string | string[] | undefined> {
  const entries = Object.entries(request.headersDistinct);
  return Object.fromEntries(
    entries.map(([name, values]) => [
      name,
      values?.length === 1 ? values[0] : values,
    ]),
  );
}

/** The body, without the iterator's `return`, which would destroy the connection together with the answer. */
function chunksOf(request: IncomingMessage): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]() {
      const chunks = request[
        Symbol.asyncIterator
      ]() as AsyncIterator<Uint8Array>;
      return { next: () => chunks.next() };
    },
  };
}
