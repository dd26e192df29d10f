import type { Authentication, Catalog, Event, Requirement } from '../model/catalog.js';
import type { Options } from '../config/settings.js';
import { commandless } from '../diagnostics/printable.js';
import { describe } from '../app/generate.js';
import { columns } from './columns.js';
import { configured } from './configured.js';
import { exitCodes } from './exit.js';
import { eachKit } from './kits.js';
import type { Outcome } from './outcome.js';
import { printDiagnostics } from './print.js';
import type { Flags } from './flags.js';
import { shownByDefault } from '../app/summary.js';

/** `list`: shows what the documents describe. */
export async function listCommand(flags: Flags): Promise<Outcome> {
  const { kits } = await configured(flags, { needsOut: false });
  return eachKit(kits, described);
}

async function described(options: Options): Promise<Outcome> {
  const { catalog, diagnostics } = await describe(options);
  const { products, events } = catalog;
  const shown = shownByDefault(diagnostics);
  return {
    exitCode: exitCodes.fine,
    findings: shown,
    document: { products, events: events.map(listed), diagnostics: shown },
    say() {
      printDiagnostics(shown);
      process.stdout.write(commandless(table(catalog)));
    },
  };
}

function listed({ examples, ...event }: Event): object {
  return { ...event, examples: examples.length };
}

function table({ products, events }: Catalog): string {
  const ways = new Map(
    products.map(({ name, authentication }) => [
      name,
      authentication.map((ways) => together(ways, authentication.length > 1)).join(' or ') || 'not described',
    ]),
  );
  const rows = [
    ['EVENT', 'PRODUCT', 'CHANNEL', 'HANDLER', 'KNOWN BY', 'AUTHENTICATED BY'],
    ...events.map(({ name, product, channel, handler, discriminator }) => [
      name,
      product,
      channel,
      handler,
      discriminator ? `/${discriminator.path.join('/')} = ${discriminator.value}` : 'path',
      ways.get(product) ?? '',
    ]),
  ];
  return columns(rows);
}

/** Ways that are needed together; in brackets where there are others, `(basic and header X) or bearer token`. */
function together(ways: Requirement, isOneOfSeveral: boolean): string {
  const text = ways.map(wayName).join(' and ') || 'nothing';
  return isOneOfSeveral && ways.length > 1 ? `(${text})` : text;
}

function wayName(way: Authentication): string {
  switch (way.kind) {
    case 'basic':
      return 'basic';
    case 'bearer':
      return 'bearer token';
    case 'header':
      return `header ${way.header}`;
    case 'query':
      return `query parameter ${way.parameter}`;
    case 'other':
      return way.type;
    case 'signature':
      return `${way.algorithm} signature${way.header === undefined ? '' : ` in ${way.header}`}`;
  }
}
