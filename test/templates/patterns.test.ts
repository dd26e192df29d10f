import { expect, test } from 'vitest';
import { linearPattern } from '../../templates/runtime/patterns.js';

/** `^(?:a|[\u{1F600}-\u{1F64F}])*b$` */
const faces = linearPattern({
  starts: [0, 0x61, 0x62, 0x63, 0x1f600, 0x1f650],
  classes: [0, 1, 2, 0, 1, 0],
  next: [-1, 0, 1, -1, -1, -1],
  accepting: [1],
});

test.each([
  ['b', true],
  ['ab', true],
  ['a\u{1F600}\u{1F64F}b', true],
  ['', false],
  ['a', false],
  ['bb', false],
  ['\u{1F650}b', false],
  // Halves of a face are none.
  ['\ud83db', false],
  ['\ude00b', false],
  ['\ude00\ud83db', false],
])('%j: %s', (text, expected) => {
  expect(faces.test(text)).toBe(expected);
});

test('a text that cannot match any more is not read on', () => {
  let read = 0;
  const text = {
    length: 1_000_000,
    codePointAt: () => {
      read += 1;
      return 0x62;
    },
  } as unknown as string;
  expect(faces.test(text)).toBe(false);
  expect(read).toBe(2);
});
