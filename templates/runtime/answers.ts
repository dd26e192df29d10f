import type { Issue } from "./standard-schema.js";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Kind =
  | "handled"
  | "ignored"
  | "unknown"
  | "accepted"
  | "duplicate"
  | "stored"
  | "late"
  | "failed"
  | "unavailable";

export const answers: Readonly<Record<Kind, Answer>> = {
  handled: answer(200, { result: "handled" }),
  ignored: answer(200, { result: "ignored" }),
  unknown: answer(200, { result: "unknown event" }),
  accepted: answer(200, { result: "accepted" }),
  duplicate: answer(200, { result: "duplicate" }),
  stored: answer(200, { result: "stored" }),
  late: answer(200, { result: "received" }),
  failed: answer(500, { error: "internal error" }),
  unavailable: answer(503, { error: "unavailable" }),
};

/** The answer to a delivery that is refused, with the paths of what is wrong in its payload. */
export function refusal(
  status: number,
  error: string,
  issues: readonly Issue[],
): Answer {
  if (status === 405) return answer(status, { error }, { allow: "POST" });
  return answer(
    status,
    status === 422 ? { error, issues: shortened(issues) } : { error },
  );
}

/* @__NO_SIDE_EFFECTS__ */
function answer(
  status: number,
  body: object,
  headers?: Record<string, string>,
): Answer {
  return Object.freeze({
    status,
    headers: Object.freeze({ "content-type": "application/json", ...headers }),
    body: JSON.stringify(body),
  });
}

/** What an answer says of issues: the sender chose the names in their paths, and how many and how long these are. */
const maxIssues = 100;
const maxIssueBytes = 16_384;
const maxSteps = 64;
const maxText = 256;

function shortened(issues: readonly Issue[]): readonly Issue[] {
  const shown: Issue[] = [];
  // The brackets around them.
  let bytes = 2;
  for (const { message, path } of issues.slice(0, maxIssues)) {
    const issue = {
      message: cut(message),
      path: path
        .slice(0, maxSteps)
        .map((step) => (typeof step === "string" ? cut(step) : step)),
    };
    bytes += new TextEncoder().encode(JSON.stringify(issue)).byteLength + 1;
    if (bytes > maxIssueBytes) break;
    shown.push(issue);
  }
  return shown;
}

function cut(text: string): string {
  return text.length > maxText ? `${text.slice(0, maxText)}…` : text;
}
