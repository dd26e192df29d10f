/** A delivery as it is kept: bytes and headers as they came, and what became of it. */
export interface Capture {
  /** Sorts by time; safe as a file name. */
  readonly id: string;
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly source: 'received' | 'replayed' | 'edited' | 'sample';
  /** The delivery that this one is a copy of. */
  readonly of?: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** In their order and spelling. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** The event it was taken for when it came; documents may say something else by now. */
  readonly event?: string;
  readonly answer?: Answer;
}

/** What the app said, or why it said nothing. */
export interface Answer {
  readonly milliseconds: number;
  readonly status?: number;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: Uint8Array;
  readonly error?: string;
}
