import { Buffer } from 'node:buffer';
import { contentTypeOf } from '../delivery/compose.js';
import type { LiveKit } from '../delivery/live-kit.js';
import { bodyText } from '../delivery/text.js';
import { printable } from '../diagnostics/printable.js';
import type { Capture } from '../store/record.js';
import type { Validity } from './api.js';
import { layOut } from './lay-out.js';

/** What a receiver that accepts whoever sends answers; 415 to a content type that it does not take. */
const statuses: Readonly<Record<Exclude<Validity, 'unknown'>, number>> = {
  valid: 200,
  invalid: 422,
  unreadable: 400,
};

/**
 * A vitest test that delivers the same body to a receiver: a start for a test of a handler.
 *
 * @param folder of the kit, as a test would import it
 * @returns undefined where no event is known
 */
export function testOf(
  { body, headers, receivedAt }: Pick<Capture, 'body' | 'headers' | 'receivedAt'>,
  {
    event,
    validity,
    folder,
    kit,
  }: {
    readonly event: string | undefined;
    readonly validity: Validity;
    readonly folder: string;
    readonly kit: Pick<LiveKit, 'catalog' | 'unsupported'>;
  },
): string | undefined {
  if (event === undefined || validity === 'unknown') return undefined;
  const name = literal(event);
  const contentType = contentTypeOf(headers);
  const status = kit.unsupported(event, contentType) === undefined ? statuses[validity] : 415;
  const { setup, given } = bodyCode(body, contentType);
  const lines = [
    `import { expect, test } from 'vitest';`,
    `import { createReceiver, dangerouslyUnverified, ignoringRest } from ${literal(`${folder}/index.js`)};`,
    `import { deliver } from ${literal(`${folder}/testing.js`)};`,
    '',
    ...setup,
    '',
    `test(${literal(`${event}, as it came ${receivedAt.slice(0, 10)}`)}, async () => {`,
    '  const handled: unknown[] = [];',
    '  const receiver = createReceiver({',
    '    // Put your own handler here.',
    `    handlers: ignoringRest({ ${name}: (event) => void handled.push(event.payload) }),`,
    '    verify: {',
    ...kit.catalog.products.map((product) => `      ${literal(product.name)}: dangerouslyUnverified(),`),
    '    },',
    '  });',
    `  const answer = await deliver(receiver, ${name}, {`,
    `    body: ${given},`,
    `    headers: { 'content-type': ${literal(contentType)} },`,
    '  });',
    `  expect(answer.status).toBe(${status});`,
    `  expect(handled).toHaveLength(${status === 200 ? 1 : 0});`,
    '});',
    '',
  ];
  return lines.join('\n');
}

/** JSON for reading, other text as a string, and everything else as its bytes. */
function bodyCode(
  body: Uint8Array,
  contentType: string,
): { readonly setup: readonly string[]; readonly given: string } {
  const text = bodyText(body, contentType);
  const isExact = text !== undefined && Buffer.compare(Buffer.from(text), body) === 0;
  if (!isExact) {
    const lines = Buffer.from(body)
      .toString('base64')
      .match(/.{1,100}/g) ?? [''];
    return {
      setup: [
        `import { Buffer } from 'node:buffer';`,
        '',
        `const body = Buffer.from(`,
        `  [${lines.map((line) => `\n    '${line}',`).join('')}\n  ].join(''),`,
        `  'base64',`,
        ');',
      ],
      given: 'body',
    };
  }
  const laidOut = easilyRead(text);
  if (laidOut !== undefined) {
    const code = laidOut.split('\n').map(printable).join('\n');
    return { setup: [`const payload: unknown = ${code};`], given: 'JSON.stringify(payload)' };
  }
  return { setup: [`const body = ${literal(text)};`], given: 'body' };
}

/**
 * JSON, laid out, where it means the same as code: numbers keep their digits, and no member is another object's prototype. Laid
 * out alike, texts of one meaning differ in escapes alone, and those that do are not taken for easily read.
 */
function easilyRead(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !isShallow(value, levels)) return undefined;
    const code = JSON.stringify(value, undefined, 2);
    return !code.includes('"__proto__"') && layOut(text) === code ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Compilers give up on what is much deeper, and readers before. */
const levels = 32;

function isShallow(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return left > 0 && Object.values(value).every((each) => isShallow(each, left - 1));
}

/** A string literal that holds no character which is not seen. */
function literal(text: string): string {
  const quoted = printable(JSON.stringify(text));
  return `'${quoted.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
