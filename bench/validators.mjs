/**
 * The kit's validators against ajv as it comes, which compiles the kit's own schemas at run time: the
 * time that each takes for samples as they arrive, and for the same with three fields of a wrong type. Rounds of both are
 * interleaved; the median of the ratios is what counts.
 *
 *     node bench/validators.mjs
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { build } from 'esbuild';
import { newKit, workplace } from './package.mjs';
import { median, table } from './table.mjs';

const rounds = 31;
const perRound = 20_000;

// As a bundler leaves it: of constants it makes variables, which can take longer.
const outfile = join(workplace, 'validators.mjs');
await build({
  entryPoints: [join(newKit(), 'index.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
});
const kit = await import(pathToFileURL(outfile).href);

/** The kit asks whether a member is inherited where every object inherits one of the name; ajv for all members or for none. */
const ajvs = [true, false].map((ownProperties) => {
  const ajv = new Ajv({ allErrors: true, ownProperties, strict: false });
  addFormats.default(ajv);
  return ajv;
});

/** Nanoseconds that one call takes. */
function timed(check, value) {
  const start = process.hrtime.bigint();
  let valid = 0;
  for (let index = 0; index < perRound; index += 1) if (check(value)) valid += 1;
  const took = Number(process.hrtime.bigint() - start) / perRound;
  if (valid !== 0 && valid !== perRound) throw new Error('a verdict changed');
  return { took, isValid: valid > 0 };
}

function compared(ajv, type, sample, name, value) {
  const own = kit[`is${type}`];
  const plain = ajv.compile(kit[`${type[0].toLowerCase()}${type.slice(1)}Schema`]);
  const results = [];
  for (let round = -5; round < rounds; round += 1) {
    const [first, second] = round % 2 === 0 ? [own, plain] : [plain, own];
    const times = new Map([
      [first, timed(first, value)],
      [second, timed(second, value)],
    ]);
    const [ours, theirs] = [times.get(own), times.get(plain)];
    if (ours.isValid !== theirs.isValid || ours.isValid !== (name === 'valid'))
      throw new Error(`${sample}: the verdicts differ`);
    if (round >= 0) results.push({ ours: ours.took, theirs: theirs.took });
  }
  return [
    type,
    `${name}${ajv.opts.ownProperties ? ', own members alone' : ''}`,
    median(results.map(({ theirs }) => theirs)).toFixed(0),
    median(results.map(({ ours }) => ours)).toFixed(0),
    median(results.map(({ ours, theirs }) => ours / theirs)).toFixed(2),
  ];
}

/** The same with some texts and numbers turned into lists, which no field of them takes. */
function broken(value) {
  let left = 3;
  return JSON.parse(
    JSON.stringify(value, (_, each) => {
      const isScalar = typeof each === 'string' || typeof each === 'number';
      return isScalar && left-- > 0 ? [each] : each;
    }),
  );
}

const rows = [
  ['FreshdeskTicketPayload', 'freshdesk-ticket-created-simple-all-fields.json'],
  ['FreshchatMessagePayload', 'freshchat-message-create-by-agent-2021.json'],
  ['HelpdeskTicketPayload', 'helpdesk-ticket.created.json'],
  ['WhatsappOutboundMessagePayload', 'whatsapp-outbound-message-delivered.json'],
].flatMap(([type, sample]) => {
  const path = resolve(import.meta.dirname, '../specs/samples', sample);
  const value = JSON.parse(readFileSync(path, 'utf8'));
  return ajvs.flatMap((ajv) => [
    compared(ajv, type, sample, 'valid', value),
    compared(ajv, type, sample, 'invalid', broken(value)),
  ]);
});
table('Validators, nanoseconds', [['', 'sample', 'ajv at run time', 'the kit', 'ratio'], ...rows]);
