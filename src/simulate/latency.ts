/** Each bucket is one part in fifty wider than the one before: a percentile is right to two in a hundred. */
const base = Math.log(1.02);
/** A hundredth of a millisecond to an hour. */
const least = 0.01;
const buckets = Math.ceil(Math.log(3_600_000 / least) / base);

/** Times in milliseconds, in a memory that does not grow with their number. */
export class Latency {
  readonly #counts = new Uint32Array(buckets + 1);
  #total = 0;
  #max = 0;

  add(milliseconds: number): void {
    const at = Math.floor(Math.log(Math.max(milliseconds, least) / least) / base);
    const bucket = Math.min(at, buckets);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#total += 1;
    this.#max = Math.max(this.#max, milliseconds);
  }

  get max(): number {
    return this.#max;
  }

  /**
   * The time that a share of all stayed below or reached; 0 where there is none.
   *
   * @param share from 0 to 1
   */
  percentile(share: number): number {
    let left = Math.ceil(share * this.#total);
    if (left === 0) return 0;
    for (const [bucket, number] of this.#counts.entries()) {
      left -= number;
      if (left <= 0) return Math.min(least * Math.exp((bucket + 1) * base), this.#max);
    }
    return this.#max;
  }
}
