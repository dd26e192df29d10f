import { expect, test, vi } from 'vitest';
import { rowsOf } from '../../src/app/shape-rows.js';
import { ShapeBuilder } from '../../src/infer/shape.js';

vi.setConfig({ testTimeout: 240_000 });

test('memory stays bounded, whatever arrives', () => {
  const builder = new ShapeBuilder();
  for (let index = 0; index < 300; index += 1)
    builder.add(
      Object.fromEntries(
        Array.from({ length: 900 }, (_, key) => [`k${key}`, { [`x${index}`]: { [`y${key}`]: 1 } }]),
      ),
      '',
    );
  expect(rowsOf(new Map([['event', builder.root]])).length).toBeLessThan(100_000);
});
