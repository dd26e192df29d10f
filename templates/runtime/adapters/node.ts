import { serve, type NodeRequest, type NodeResponse } from "../node-http.js";
import type { Receiver } from "../receiver.js";

/**
 * A listener for `node:http` and `node:http2`: `createServer(nodeListener(receiver)).listen(8080)`. It is middleware for
 * Express and its like as well, in front of what parses bodies; paths are whole wherever it is mounted.
 */
export function nodeListener(
  receiver: Receiver,
): (request: NodeRequest, response: NodeResponse) => void {
  return (request, response) =>
    void serve(receiver, request, response, mounting);
}

const mounting =
  "mount the receiver in front of body parsers, or have them keep the bytes in request.rawBody";
