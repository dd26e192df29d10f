import type { After } from "../callbacks.js";

export interface ClientOptions {
  /** Ends every call of the client that is under way, and those that follow. */
  readonly signal?: AbortSignal | undefined;
  /** How long a call may take, waiting and retries included: 120,000 milliseconds by default. */
  readonly deadlineMs?: number | undefined;
  /** In the place of the product's own address: for a proxy, or a server for tests. */
  readonly baseUrl?: string | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** The clock, for tests: `clock()` of `testing.ts`. */
  readonly now?: (() => Date) | undefined;
  readonly after?: After | undefined;
}

export interface CallOptions {
  /** Ends this call. */
  readonly signal?: AbortSignal | undefined;
}
