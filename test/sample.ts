/*
 * `npm test` is to be quick: of what has many rows or rounds it runs a sample, the same each time. `npm run test:all` and
 * TEST_ALL=1 run everything.
 */

/** Whether everything is to run. */
export const all = process.env['TEST_ALL'] === '1';

/**
 * Rows of a table of tests.
 *
 * @param atMost how many, spread evenly from the first to the last, where not all are to run
 */
export function sample<Row>(rows: readonly Row[], atMost: number): Row[] {
  if (all || rows.length <= atMost) return [...rows];
  const step = atMost > 1 ? (rows.length - 1) / (atMost - 1) : 0;
  return Array.from({ length: atMost }, (_, index) => rows[Math.round(index * step)]!);
}

/** Every so manieth row of a table that each row of another is tried with, from another one on each time: all have their turn. */
export function share<Row>(rows: readonly Row[], turn: number, every: number): Row[] {
  return rows.filter((_, index) => all || index % every === turn % every);
}

const { FUZZ_RUNS, FUZZ_SEED = '1' } = process.env;

/** What random values begin with: the same each time, unless FUZZ_SEED says otherwise; `random` is another each time. */
export const seed = FUZZ_SEED === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(FUZZ_SEED);

/** How many values a law is tried with: as many as FUZZ_RUNS says, else few, or many where everything is to run. */
export function runs(few: number, many = few): number {
  return Number(FUZZ_RUNS ?? (all ? many : few));
}
