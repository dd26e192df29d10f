import { exitCodes } from './exit.js';
import type { Finding } from './finding.js';

/** What a command found, before anything of it is rendered. */
export interface Outcome {
  readonly exitCode: number;
  /** Every finding, those about the files of a kit included. */
  readonly findings: readonly Finding[];
  /** Members of the JSON document, in their order. */
  readonly document: object;
  /** Everything has been reported while it ran: nothing is left to say. */
  readonly isReported?: boolean;
  /** The result in one line, for a run that is one of many. */
  readonly brief?: string;
  /** As a comment on a pull request, where the command has one. */
  markdown?(): string;
  /** Says it to a reader: data to stdout, talk to stderr. */
  say(): void | Promise<void>;
}

/** The worst of several exit codes: the lowest that is not 0, since they go from a broken disk to a changed field. */
export function worst(codes: readonly number[]): number {
  const bad = codes.filter((code) => code !== exitCodes.fine);
  return bad.length === 0 ? exitCodes.fine : Math.min(...bad);
}
