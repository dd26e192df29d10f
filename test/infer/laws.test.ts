import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { inferFrom } from '../../src/app/infer.js';
import { judgeOf } from '../../src/app/judge.js';
import { loadKit } from '../../src/app/live-kit.js';
import { rowsOf } from '../../src/app/shape-rows.js';
import { joinActions } from '../../src/infer/action.js';
import { coverageOf } from '../../src/infer/coverage.js';
import { schemaOf } from '../../src/infer/inferred-schema.js';
import type { Observation } from '../../src/infer/observation.js';
import { readOverlayText } from '../../src/infer/overlay-text.js';
import { emptyShape, join as joinShapes, ShapeBuilder, type Shape } from '../../src/infer/shape.js';
import type { Json } from '../../src/model/json.js';
import { put, temporaryFolder } from '../output/tree.js';
import { instances } from '../property/instances.js';
import { runs, seed } from '../sample.js';
import { at, validator } from '../specs/payload-schema.js';
import { delivery, published, read, samples } from '../specs/shipped.js';

vi.setConfig({ testTimeout: 240_000 });

const observed = (event: string, payload: unknown, index: number): Observation => ({
  event,
  payload,
  day: `2026-11-${String(1 + (index % 28)).padStart(2, '0')}`,
  origin: { file: 'x.json', line: 1 },
});

/** Everything that a shape says. */
const said = (shape: Shape): string =>
  JSON.stringify([rowsOf(new Map([['event', shape]])), schemaOf(shape, {}), shape.first, shape.last]);

const built = (payloads: readonly (readonly [unknown, string])[]): Shape => {
  const builder = new ShapeBuilder();
  for (const [payload, day] of payloads) builder.add(payload, day);
  return builder.root;
};

const keyed = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd@e', '12345678'), fc.jsonValue({ maxDepth: 3 }));
const payloads = fc.array(fc.tuple(keyed, fc.constantFrom('', '2026-11-01', '2026-11-02')), {
  maxLength: 12,
});

test('shapes are the same in every order, and however the deliveries are split', () => {
  fc.assert(
    fc.property(payloads, fc.nat(), (given, cut) => {
      const whole = said(built(given));
      expect(said(built([...given].reverse()))).toBe(whole);
      const middle = given.length === 0 ? 0 : cut % given.length;
      const parts = [given.slice(middle), given.slice(0, middle)].map(built);
      expect(said(parts.reduce((all, part) => joinShapes(all, part), emptyShape()))).toBe(whole);
    }),
    { numRuns: runs(200, 2_000), seed },
  );
});

test('so are those of objects with more keys than are told apart', () => {
  const wide = Array.from({ length: 3_000 }, (_, index): [unknown, string] => [
    {
      of: { [`key${index}`]: { inner: index % 2 === 0 ? index : 'x', [`more${index % 9}`]: null } },
      plain: 1,
    },
    '',
  ]);
  const whole = said(built(wide));
  expect(said(built([...wide].reverse()))).toBe(whole);
  expect(whole.length).toBeLessThan(2_000);
});

/** Infers from payloads, and hands back the kit that the overlay gives. */
async function inferred(given: readonly Observation[], options: { readonly literal: boolean }) {
  const cwd = temporaryFolder();
  const first = await inferFrom(() => given, { options: { ...options, cwd }, overlay: 'own.yaml' });
  const overlay = first.overlay ?? '';
  const again = async (some: readonly Observation[]) => {
    put(cwd, { 'own.yaml': overlay });
    return inferFrom(() => some, { options: { ...options, cwd }, overlay: 'own.yaml' });
  };
  put(cwd, { 'own.yaml': overlay });
  const asked = { ...options, cwd, ...(overlay !== '' && { overlay: [join(cwd, 'own.yaml')] }) };
  return { first, overlay, again, path: join(cwd, 'own.yaml'), kit: await loadKit(asked) };
}

const bySample = samples.map(({ event, payload }, index) => observed(event, payload, index));

/** What the samples show of rows 1 to 10 of what the field sends, and the document does not say. */
const shown: readonly (readonly [row: number, target: RegExp, what: RegExp])[] = [
  [1, /freshdesk_webhook\.properties\.ticket_id$/, /"type":\["integer","string"\]/],
  [2, /freshdesk_webhook\.properties\.ticket_status$/, /integer/],
  [2, /freshdesk_webhook\.properties\.ticket_priority$/, /integer/],
  [3, /freshdesk_webhook\.properties\.ticket_due_by_time\.format$/, /true/],
  [5, /FreshserviceTicketPayload\.properties$/, /"freshdesk_webhook"/],
  [6, /FreshserviceTicketPayload\.properties$/, /"ticket"/],
  [7, /message\.properties$/, /"id"/],
  [8, /assignment\.properties$/, /"conversation"/],
  [8, /data\.properties$/, /"resolve"/],
  [8, /data\.properties$/, /"reopen"/],
  [9, /message\.properties$/, /"msg_parts"/],
];

test('the samples and the literal document give what the corrections say of them, and every sample is valid', async () => {
  const { first, overlay, again, kit } = await inferred(bySample, { literal: true });
  const actions = readOverlayText(overlay)?.own ?? [];
  const missing = shown.filter(
    ([, target, what]) =>
      !actions.some(
        (action) => target.test(action.target) && what.test(JSON.stringify(action.update ?? action.remove)),
      ),
  );
  expect(missing).toEqual([]);
  expect(first.diagnostics).toEqual([]);
  expect(kit.diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
  const { gaps } = await coverageOf(
    () => bySample,
    judgeOf(kit),
    () => undefined,
  );
  expect(gaps).toEqual([]);

  const twice = await again([...bySample].reverse());
  expect(twice.overlay).toBe(overlay);
  expect(twice.changes).toEqual([]);
});

test('overlays inferred from random deliveries only widen, and take all of these', async () => {
  const payloadTypes = ['FreshdeskTicketPayload', 'FreshserviceTicketPayload', 'FreshchatMessagePayload'];
  const events = ['freshdesk/ticket-created', 'freshservice/ticket-created', 'freshchat/message-create'];
  const before = await read(published, [delivery]);
  const schemas = payloadTypes.map((type) => instances(before, at(before, 'components', 'schemas', type)));
  const given = events.flatMap((event, index) =>
    fc
      .sample(schemas[index] as fc.Arbitrary<Json>, { numRuns: runs(40, 300), seed })
      .map((payload, nth) => observed(event, payload, nth)),
  );
  const shuffled = [...given].reverse();
  const { overlay, path, kit } = await inferred(given, { literal: true });
  expect((await inferred(shuffled, { literal: true })).overlay).toBe(overlay);
  // What names another event, or none, is refused by what nothing may widen.
  const isTold = ({ event, payload }: Observation) => {
    const names = kit.catalog.events.find(({ name }) => name === event)?.discriminator !== undefined;
    return !names || kit.identify('/elsewhere', payload) === event;
  };
  const refused = given.filter((each) => isTold(each) && kit.findings(each.event, each.payload).length > 0);
  expect(refused).toEqual([]);

  const after = await read(published, [delivery, path]);
  for (const [index, type] of payloadTypes.entries()) {
    const reference = `#/components/schemas/${type}`;
    const [acceptedBefore, acceptedAfter] = [validator(before, reference), validator(after, reference)];
    fc.assert(
      fc.property(schemas[index] as fc.Arbitrary<Json>, (instance) => {
        fc.pre(acceptedBefore(instance) as boolean);
        return acceptedAfter(instance) as boolean;
      }),
      { numRuns: runs(200, 1_000), seed },
    );
  }
});

test('overlays are joined in any order, and joined with themselves they stay', async () => {
  const parts = await Promise.all(
    [bySample.slice(0, 12), bySample.slice(12)].map(
      async (part) => readOverlayText((await inferred(part, { literal: true })).overlay)?.own ?? [],
    ),
  );
  const [some = [], others = []] = parts;
  const joined = joinActions(some, others);
  expect(joinActions(joined, joined)).toEqual(joined);
  expect(joinActions(joined, some)).toEqual(joined);
  expect(joinActions(others, some).map(({ target }) => target)).toEqual(joined.map(({ target }) => target));
});
