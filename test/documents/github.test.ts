import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { beforeAll, expect, test, vi } from 'vitest';
import { literal } from '../../src/typescript/code.js';
import { execute, type Kit } from '../emit/execute.js';
import { faults, kitFaults } from '../emit/program.js';
import { attack, taken, type Taken } from '../hostile/attack.js';
import { deliveries, githubDocument } from './github.mjs';
import { mutants, spread } from './mutants.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/*
 * A large document that others wrote, with what was really sent: 66 families of events, most of them unions that `action`
 * tells apart. The kit's verdict is ajv's own, on every delivery and on values that are one change away from one.
 */
const document = githubDocument();

let outcome: Taken;
let kit: Kit;
let oracle: (event: string) => ValidateFunction;

beforeAll(async () => {
  outcome = taken(await attack(document));
  kit = await execute(outcome.kit);
  const ajv = new Ajv({ strict: false, ownProperties: true, logger: false });
  formats.default(ajv);
  ajv.addSchema({ ...document, $id: 'github' });
  const payloads = new Map(outcome.events.map(({ name, channel }) => [name, pointerTo(channel)]));
  oracle = (event) => ajv.compile({ $ref: `github#${payloads.get(event)}` });
});

function pointerTo(channel: string): string {
  return `/channels/${channel.replaceAll('/', '~1')}/publish/message/payload`;
}

test('every family of events is an event, and nothing is warned of', () => {
  expect(outcome.events).toHaveLength(66);
  expect(outcome.events.map(({ name }) => name)).toEqual(expect.arrayContaining([...deliveries.keys()]));
  expect(outcome.warnings).toEqual([]);
});

test('the kit compiles', () => {
  expect(kitFaults(outcome.kit)).toEqual([]);
});

test('every delivery and every change to one has the verdict that ajv gives', () => {
  const differences: string[] = [];
  const verdicts = { accepted: 0, refused: 0 };
  for (const [event, sent] of deliveries) {
    const wanted = oracle(event);
    const { validate } = kit.validators[event]!['~standard'];
    for (const [index, delivery] of sent.entries()) {
      const changed = spread([...mutants(delivery)], 40);
      for (const { name, value } of [{ name: 'as sent', value: delivery }, ...changed]) {
        const verdict = wanted(value);
        verdicts[verdict ? 'accepted' : 'refused'] += 1;
        if (verdict !== (validate(value).issues === undefined))
          differences.push(`${event} ${index} ${name}: ajv says ${verdict}`);
      }
    }
  }
  expect(differences).toEqual([]);
  // Both verdicts are tried, each often enough.
  expect(verdicts.accepted).toBeGreaterThan(500);
  expect(verdicts.refused).toBeGreaterThan(5_000);
});

test('a delivery that is accepted is of the type of its event', () => {
  const lines = ["import type { EventPayloads } from './events.js';"];
  for (const [event, sent] of deliveries) {
    const accepts = oracle(event);
    for (const delivery of sent) {
      if (accepts(delivery))
        lines.push(
          `export const v${lines.length} = (_: ${literal(delivery).text}): EventPayloads['${event}'] => _;`,
        );
    }
  }
  expect(lines.length).toBeGreaterThan(200);
  expect(faults(new Map(outcome.kit).set('deliveries.ts', lines.join('\n')))).toEqual([]);
});
