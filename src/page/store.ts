import { useLayoutEffect, useState } from 'preact/hooks';

/** A value that changes, and who has to know. */
export class Store<T extends object> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  /** Replaces some of it, and calls all listeners. */
  set(change: Partial<T>): void {
    this.#value = { ...this.#value, ...change };
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** The value of a store; the component is drawn again when it changes. */
export function useStore<T extends object>(store: Store<T>): T {
  const [, redraw] = useState({});
  useLayoutEffect(() => store.subscribe(() => redraw({})), [store]);
  return store.value;
}
