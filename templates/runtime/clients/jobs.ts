import { ApiError } from "./api-error.js";
import type { CallOptions, ClientOptions } from "./client-options.js";
import type { Answer, Api } from "./http.js";
import { checked } from "./records.js";
import { clockOf, patience } from "./waiting.js";

/** How long to wait until a job is asked for again, at first and at last. */
const firstPause = 1_000;
const longestPause = 10_000;

const job = { status: "string" } as const;

/**
 * What a job of the vendor's gives, when it is done.
 *
 * @param started the answer that has begun it
 * @param path what to ask for how it goes
 * @throws ApiError where it is not done within the deadline of a call: it goes on all the same
 */
export async function finished(
  call: Api,
  { where }: Answer,
  path: string,
  options: ClientOptions,
  own: CallOptions | undefined,
): Promise<Answer> {
  const { deadlineMs = 120_000, now, after } = options;
  const life = patience(
    deadlineMs,
    clockOf(now, after),
    [options.signal, own?.signal],
    (reason) => new ApiError(`${reason}; the job goes on`, where),
  );
  try {
    for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
      const answer = await call("GET", path, { signal: life.signal });
      const { status } = checked(job, answer);
      // Both ways to write it have been seen; the others are what jobs of other vendors say.
      if (!/^(?:in[ _-]?progress|queued|pending)$/i.test(status ?? ""))
        return answer;
      await life.wait(pause);
    }
  } finally {
    life.end();
  }
}
