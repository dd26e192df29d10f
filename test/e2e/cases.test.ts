import { describe, expect, test } from 'vitest';
import { cases, expectedOf, runCase, worthReading } from '../cases/run.js';
import { run } from './project.js';

describe('the packed program writes and says what the golden cases hold', () => {
  test.each(cases)('%s', async (name) => {
    const { kit, stderr } = await runCase(name, (folder, args) =>
      Promise.resolve(run(folder, args, { env: { FRESHWORKS_GEN_CACHE: 'off' } })),
    );
    expect({ stderr, kit: worthReading(name, kit) }).toEqual(expectedOf(name));
  });
});
