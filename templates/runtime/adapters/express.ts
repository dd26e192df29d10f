import { serve, type NodeRequest, type NodeResponse } from "../node-http.js";
import type { Receiver } from "../receiver.js";

/**
 * A handler for Express 5 and 4, and for what is built on them: `app.use("/webhooks", expressHandler(receiver))`. Paths
 * are whole wherever it is mounted: `basePath` says `/webhooks` as well. It has to stand in front of `express.json()`, or
 * behind one that keeps the bytes in `request.rawBody`, as those of Nest and of Google Cloud Functions do.
 */
export function expressHandler(
  receiver: Receiver,
): (request: NodeRequest, response: NodeResponse) => void {
  return (request, response) =>
    void serve(receiver, request, response, mounting);
}

const mounting =
  "write app.use(path, expressHandler(receiver)) above app.use(express.json()), or keep the bytes by express.json({ verify: (request, response, bytes) => { request.rawBody = bytes } })";
