/** A text that does not print itself: neither in a log, nor as JSON, nor in an error. */
export class Secret {
  static {
    // What `console.log` and `util.inspect` of Node.js ask for.
    const inspect = Symbol.for("nodejs.util.inspect.custom");
    Object.defineProperty(this.prototype, inspect, { value: () => "[secret]" });
  }

  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return "[secret]";
  }

  toJSON(): string {
    return "[secret]";
  }
}
