import { expect, test } from 'vitest';
import { unexplained, watched } from '../hostile/watch.js';
import { configured } from './configured.js';

const code = `globalThis.ran = true`;

test.each([
  ['json', JSON.stringify({ out: `\${${code}}`, spec: `$(touch ran)`, products: [`=${code}`] }), 0],
  ['yaml', `out: "{{ ${code} }}"\nspec: $(touch ran)\nproducts: ["<%= ${code} %>"]`, 0],
  ['yaml', `out: !!js/function 'function () { ${code} }'`, 1],
  ['yaml', `out: !include other.mjs`, 1],
  [
    'json',
    JSON.stringify({ $schema: 'https://example.com/schema.json', out: 'a', extends: './other.mjs' }),
    1,
  ],
  ['yaml', `$schema: ./other.mjs\nout: ./other.mjs`, 0],
] as const)('a configuration in %s runs nothing: %s', async (ending, text, findings) => {
  const files = { [`freshworks-gen.config.${ending}`]: text, 'other.mjs': `${code};` };
  const { value, deeds } = await watched(() => configured(files));
  expect(value.errors).toHaveLength(findings);
  expect(globalThis).not.toHaveProperty('ran');
  expect(unexplained(deeds, value.root)).toEqual([]);
  expect(deeds.filter((each) => each.includes('other.mjs'))).toEqual([]);
});
