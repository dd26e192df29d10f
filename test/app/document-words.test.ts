import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { documentWords, type DocumentFlags } from '../../src/app/document-words.js';

test.each<[DocumentFlags, words: readonly string[]]>([
  [{}, []],
  [{ out: 'events', handlers: false, adapters: ['node'] }, []],
  [{ config: false }, ['--no-config']],
  [{ config: 'a b.yaml', literal: true }, ['--config', 'a b.yaml', '--literal']],
  [{ literal: false, refRoot: '..' }, ['--ref-root', '..', '--no-literal']],
  [{ spec: ['shipped', "it's.yaml"] }, ['--spec', 'shipped', '--spec', "it's.yaml"]],
  [
    { overlay: ['a.yaml', '$(touch x)'], products: ['freshdesk', 'freshchat'] },
    ['--overlay', 'a.yaml', '--overlay', '$(touch x)', '--products', 'freshdesk,freshchat'],
  ],
])('what a shell reads of %j', (flags, words) => {
  const script = `for each in${documentWords(flags)}; do printf '%s\\n' "$each"; done`;
  const read = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
  expect(read.split('\n').slice(0, -1)).toEqual(words);
});
