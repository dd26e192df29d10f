import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { setImmediate } from "node:timers";
import { nothing } from "./callbacks.js";
import { bodyOf } from "./node-body.js";
import type { Answer, Receiver } from "./receiver.js";

/** How long a sender that is still talking gets to read its answer. */
const lingerMs = 1000;

/** A rest of the body that is sooner read than a new connection is made. */
const smallBytes = 65_536;

export type NodeRequest = IncomingMessage | Http2ServerRequest;
export type NodeResponse = ServerResponse | Http2ServerResponse;

/**
 * Answers a request with what the receiver says of it. Never rejects.
 *
 * @param mounting what to do where something has read the body before, as the end of a sentence
 */
export async function serve(
  receiver: Receiver,
  request: NodeRequest,
  response: NodeResponse,
  mounting: string,
): Promise<void> {
  try {
    // A sender that hangs up is nobody's error.
    request.on("error", nothing);
    response.on("error", nothing);
    // A body that came with the headers is read after them: the whole of it takes less work than its pieces.
    await new Promise((resolve) => setImmediate(resolve));
    refuseAnswered(response);
    const headers = headersOf(request);
    const answer = await receiver.receive({
      method: request.method ?? "",
      path: pathOf(request),
      headers,
      body: bodyOf(request, mounting),
    });
    refuseAnswered(response);
    const length = Number(headers["content-length"]);
    send(
      answer,
      length,
      request as IncomingMessage,
      response as ServerResponse,
    );
  } catch (error) {
    fail(error, receiver, response as ServerResponse);
  }
}

/** Nothing is sent twice, and a delivery that was answered before it came here is not handled. */
function refuseAnswered(response: NodeResponse): void {
  if (response.headersSent || response.writableEnded)
    throw new Error(
      "something in front of the receiver has answered the delivery",
    );
}

/** Reports, and leaves no sender without an answer. */
function fail(
  error: unknown,
  receiver: Receiver,
  response: ServerResponse,
): void {
  try {
    receiver.report(error);
    if (!response.headersSent && !response.writableEnded)
      response.writeHead(500).end();
  } catch {
    // The response takes no answer.
  }
}

/** As the sender asked for it: Express takes the part that something is mounted at off `url`. */
function pathOf(request: NodeRequest): string {
  const { originalUrl } = request as { originalUrl?: unknown };
  return typeof originalUrl === "string" ? originalUrl : (request.url ?? "");
}

/**
 * What came once is a string, what came several times an array: `request.headers` keeps only the first of some, and who
 * stands in front may have added to it.
 */
function headersOf(
  request: NodeRequest,
): Record<string, string | string[] | undefined> {
  const { rawHeaders } = request;
  // Some that make requests of their own leave the raw ones out. The others are made only when they are asked for.
  if (rawHeaders.length === 0) return request.headers;
  const found = Object.create(null) as Record<string, string | string[]>;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? "";
    const value = rawHeaders[at + 1] ?? "";
    const before = found[name];
    if (before === undefined) {
      // HTTP/2 puts the parts of the request line among the headers.
      if (!name.startsWith(":")) found[name] = value;
    } else if (typeof before === "string") {
      found[name] = [before, value];
    } else {
      before.push(value);
    }
  }
  return found;
}

/** @param length what the request says of its body; not a number where it says nothing */
function send(
  { status, headers, body }: Answer,
  length: number,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const all = { ...headers, "content-length": Buffer.byteLength(body) };
  const isSmall = length <= smallBytes && status !== 408;
  if (request.complete || request.destroyed || isSmall) {
    response.writeHead(status, all).end(body);
    // What was not read is in the way of the next delivery on this connection.
    if (!request.readableEnded) request.resume();
    return;
  }
  // Answered before the body was read. To close at once would reset the connection, and with it take the answer from a
  // sender that is still writing; so it gets all of the answer and a moment to read it, while nothing more is read here.
  // HTTP/2 has a stream to end instead of a connection.
  const { stream } = request as { stream?: Http2ServerRequest["stream"] };
  if (stream === undefined) {
    response.writeHead(status, { ...all, connection: "close" });
    response.write(body);
  } else {
    response.writeHead(status, all).end(body);
  }
  const end = (): void => {
    clearTimeout(timer);
    if (stream === undefined) response.end();
    else stream.close();
  };
  const timer = setTimeout(end, lingerMs);
  request.once("close", end);
}
