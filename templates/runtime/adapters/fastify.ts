import { serve, type NodeRequest, type NodeResponse } from "../node-http.js";
import type { Receiver } from "../receiver.js";

/** As much of a Fastify instance as is used here. */
export interface FastifyLike {
  all(
    path: string,
    options: { onRequest: FastifyHook },
    handler: () => undefined,
  ): unknown;
}

type FastifyHook = (
  request: { readonly raw: NodeRequest },
  reply: { readonly raw: NodeResponse; hijack(): unknown },
) => void;

/**
 * A plugin for Fastify 5: `app.register(fastifyPlugin(receiver), { prefix: "/webhooks" })`. Paths are whole: `basePath`
 * says `/webhooks` as well. It takes a request before anything of Fastify reads its body, so that neither content-type
 * parsers nor `bodyLimit` have a part in it; other routes are as they were.
 */
export function fastifyPlugin(
  receiver: Receiver,
): (instance: FastifyLike, options: unknown, done: () => void) => void {
  const onRequest: FastifyHook = (request, reply) => {
    reply.hijack();
    void serve(receiver, request.raw, reply.raw, mounting);
  };
  return (instance, _, done) => {
    instance.all("/*", { onRequest }, () => undefined);
    done();
  };
}

const mounting =
  "something in an onRequest hook did; have it keep the bytes in request.raw.rawBody";
