/** The longest answer that is read, in bytes. */
const maxBytes = 32 * 1024 * 1024;

/** A call, and the answer that came to it. */
export interface Where {
  readonly product: string;
  readonly method: string;
  /** Without its query, which may hold personal data. */
  readonly path: string;
  /** Of the answer; undefined where none came. */
  readonly status: number | undefined;
  /** What the vendor's support asks for. */
  readonly requestId: string | undefined;
}

/** What came of one request. */
export interface Received {
  /** Of the answer; undefined where none came. */
  readonly status: number | undefined;
  /** The status in words; or why there is no answer. */
  readonly words: string;
  /** Undefined for an answer that is too large. */
  readonly text: string | undefined;
  readonly headers: Headers | undefined;
}

/**
 * Sends one request, and reads the answer.
 *
 * @param over is called when nothing of the answer is to come any more
 * @throws the reason of the request's signal, and nothing else
 */
export async function exchange(
  send: typeof fetch,
  url: string,
  request: RequestInit & { readonly signal: AbortSignal },
  over: (response: Response | undefined) => void,
): Promise<Received> {
  let response: Response | undefined;
  try {
    response = await send(url, request);
    const { status, statusText, headers } = response;
    const text = await textOf(response);
    return { status, words: statusText, text, headers };
  } catch (error) {
    request.signal.throwIfAborted();
    // What else such an error holds may be the request, with its key.
    const words = codeOf(error);
    return { status: undefined, words, text: "", headers: undefined };
  } finally {
    over(response);
  }
}

async function textOf({ body }: Response): Promise<string | undefined> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const next = await reader?.read();
    if (next === undefined || next.done) return text + decoder.decode();
    const chunk = next.value as Uint8Array;
    bytes += chunk.byteLength;
    if (bytes > maxBytes) {
      await reader?.cancel();
      return undefined;
    }
    text += decoder.decode(chunk, { stream: true });
  }
}

/** `ECONNREFUSED`, or what kind of error it is. */
function codeOf(error: unknown): string {
  const { cause, name } = Object(error) as {
    readonly cause?: { readonly code?: unknown } | null;
    readonly name?: unknown;
  };
  return typeof cause?.code === "string" ? cause.code : String(name);
}

/** How long an answer asks to wait, in milliseconds: in seconds, or until a date (RFC 9110, section 10.2.3). */
export function retryAfterOf(
  headers: Headers | undefined,
  now: number,
): number | undefined {
  const text = headers?.get("retry-after")?.trim() ?? "";
  const asked = /^\d{1,6}$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - now;
  return asked >= 0 ? asked : undefined;
}
