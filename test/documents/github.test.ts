import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { beforeAll, expect, test, vi } from 'vitest';
import type { JsonObject } from '../../src/model/json.js';
import { literal } from '../../src/typescript/code.js';
import { execute, type Kit } from '../emit/execute.js';
import { kitFaults } from '../emit/program.js';
import { attack, taken, type Taken } from '../hostile/attack.js';
import { all, sample } from '../sample.js';
import { deliveries, githubDocument } from './github.mjs';
import { mutants, spread } from './mutants.js';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/*
 * A large document that others wrote, with what was really sent: 66 families of events, most of them unions that `action`
 * tells apart. The kit's verdict is ajv's own, on every delivery and on values that are one change away from one.
 */
const whole = githubDocument();
const channels = Object.fromEntries(sample(Object.entries(whole['channels'] as JsonObject), 12));
const document = { ...whole, channels };
const sent = [...deliveries].filter(([event]) => `/${event}` in channels);
/** Changes to each delivery. */
const atMost = all ? 40 : 20;

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
  expect(Object.keys(whole['channels'] as JsonObject)).toHaveLength(66);
  expect(outcome.events).toHaveLength(Object.keys(channels).length);
  expect(outcome.events.map(({ name }) => name)).toEqual(expect.arrayContaining(sent.map(([name]) => name)));
  expect(outcome.warnings).toEqual([]);
});

test('every delivery and every change to one has the verdict that ajv gives', () => {
  const differences: string[] = [];
  const verdicts = { accepted: 0, refused: 0 };
  for (const [event, its] of sent) {
    const wanted = oracle(event);
    const { validate } = kit.validators[event]!['~standard'];
    for (const [index, delivery] of its.entries()) {
      const changed = spread([...mutants(delivery)], atMost);
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
  expect(verdicts.accepted).toBeGreaterThan(all ? 500 : 50);
  expect(verdicts.refused).toBeGreaterThan(all ? 5_000 : 500);
});

test('the kit compiles, and a delivery that is accepted is of the type of its event', () => {
  const lines = ["import type { EventPayloads } from './events.js';"];
  for (const [event, its] of sent) {
    const accepts = oracle(event);
    for (const delivery of its) {
      if (accepts(delivery))
        lines.push(
          `export const v${lines.length} = (_: ${literal(delivery).text}): EventPayloads['${event}'] => _;`,
        );
    }
  }
  expect(lines.length).toBeGreaterThan(all ? 200 : 20);
  expect(kitFaults(new Map(outcome.kit).set('deliveries.ts', lines.join('\n')))).toEqual([]);
});
