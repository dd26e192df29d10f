import template from '../../templates/events.ts?raw';
import type { Authentication, Catalog, Event, PayloadType, Product, Requirement } from '../model/catalog.js';
import { code, comment, identifier, join, literal, propertyName, type Code } from '../typescript/code.js';
import type { EmittedFile } from '../kit/file.js';
import { header } from './header.js';
import { payloadModule } from './payloads.js';
import { documentNames, outline, replaced } from './template.js';

const path = 'events.ts';

/** The event names, payloads and routing table, in place of the ones of the template. */
export function emitEvents(catalog: Catalog, extension: string): EmittedFile {
  const imports = importsOf(catalog, extension);
  const statements = statementsOf(catalog);
  const text = [...statements].reduce(
    (whole, [name, statement]) => replaced(whole, name, statement.text),
    template.replace(/^import .*\n\n/, ''),
  );
  const names = outline(text);
  return {
    path,
    code: `${header(documentNames(catalog))}\n${imports.map(([, { text }]) => `${text}\n`).join('')}\n${text}`,
    statements: [
      ...imports.map(([module]) => `import ./payloads/${module}`),
      ...names.map((name) => (name === 'export const routes' ? `${name} = data` : name)),
    ],
  };
}

/** The statements that are about the events, by what `kit/statement` calls them. */
function statementsOf({ events, products }: Catalog): ReadonlyMap<string, Code> {
  const payloads = events.map(
    (event) =>
      code`${comment(event.description ?? event.summary)}${propertyName(event.name)}: ${payloadOf(event)};`,
  );
  const productOf = events.map(({ name, product }) => code`${propertyName(name)}: ${literal(product)};`);
  const verified = products.map(
    (product) => code`${comment(authenticationOf(product))}readonly ${propertyName(product.name)}: T;`,
  );
  return new Map([
    ['export interface EventPayloads', code`export interface EventPayloads {\n${join(payloads, '\n')}\n}`],
    ['export interface EventProducts', code`export interface EventProducts {\n${join(productOf, '\n')}\n}`],
    ['export interface ByProduct', code`export interface ByProduct<T> {\n${join(verified, '\n')}\n}`],
    [
      'export const routes',
      code`export const routes: readonly Route[] = [\n${join(events.map(route), '')}];`,
    ],
  ]);
}

function importsOf(
  { events, types }: Catalog,
  extension: string,
): readonly (readonly [module: string, Code])[] {
  const used = new Set(events.map(({ payload }) => payload));
  const payloadModules = new Map<string, PayloadType[]>();
  for (const type of types.filter(({ name }) => used.has(name))) {
    const own = payloadModules.get(type.module) ?? [];
    own.push(type);
    payloadModules.set(type.module, own);
  }
  return [...payloadModules]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([module, own]) => {
      const names = join(
        own.map(({ name }) => identifier(name)),
        ', ',
      );
      return [module, code`import type { ${names} } from ${literal(payloadModule(module, extension))};`];
    });
}

/** The payload of one event: where a word in it names the event, only that word is left. */
export function payloadOf({ payload, discriminator }: Event): Code {
  if (!discriminator) return identifier(payload);
  const word = discriminator.path.reduceRight(
    (inner, step) => code`{ ${propertyName(step)}: ${inner} }`,
    literal(discriminator.value),
  );
  return code`${identifier(payload)} & ${word}`;
}

function route({ name, product, discriminator, deliveryKey, contentTypes }: Event): Code {
  const told = discriminator
    ? code`discriminator: { path: ${literal(discriminator.path)}, value: ${literal(discriminator.value)} },\n`
    : code``;
  return code`{
    name: ${literal(name)},
    product: ${literal(product)},
    ${told}deliveryKey: ${literal(deliveryKey)},
    contentTypes: ${literal(contentTypes)},
  },\n`;
}

/** How a product's deliveries authenticate and what checks it, for the editor to show where `verify` is written. */
function authenticationOf({ authentication }: Product): string {
  const [only, ...others] = authentication;
  if (only === undefined) return 'The documents do not say how its deliveries authenticate.';
  if (others.length > 0) {
    const list = authentication.flatMap((ways) =>
      together(ways).map((line, at) => `${at === 0 ? '-' : ' '} ${line}`),
    );
    return ['Authenticates by one of these, or `anyOf` several:', ...list].join('\n');
  }
  if (only.length === 0)
    return 'The documents ask for no authentication: `dangerouslyUnverified()` accepts its deliveries, whoever sends them.';
  const [first = '', ...more] = together(only);
  return more.length === 0 ? `Authenticates by ${first}.` : [`Authenticates by ${first}`, ...more].join('\n');
}

/** Ways that are needed together, in lines. */
function together(ways: Requirement): readonly string[] {
  if (ways.length === 0) return ['nothing: the documents allow deliveries that do not authenticate'];
  const texts = ways.map(wayOf);
  return texts.length === 1 ? texts : ['all of these, by `allOf`:', ...texts.map((text) => `- ${text}`)];
}

function wayOf(way: Authentication): string {
  switch (way.kind) {
    case 'basic':
      return 'Basic authentication: `basicAuth({ username, password })`';
    case 'bearer':
      return 'a bearer token: `staticHeaders({ authorization: "Bearer …" })`';
    case 'header':
      return `the header ${way.header}: \`staticHeaders({ "${way.header}": … })\``;
    case 'query':
      return `the query parameter ${way.parameter}: \`queryParameter({ ${JSON.stringify(way.parameter)}: … })\``;
    case 'other':
      return `${way.type}, which needs a \`Verifier\` of your own`;
    case 'signature':
      return `a signature${way.header === undefined ? '' : ` in ${way.header}`}: \`${schemeOf(way)}\``;
  }
}

type Signature = Extract<Authentication, { kind: 'signature' }>;

function schemeOf({ algorithm, header = '…', encoding }: Signature): string {
  if (algorithm === 'standard-webhooks') return 'standardWebhooks({ secrets })';
  const [scheme, keys, usual] =
    algorithm === 'hmac-sha256'
      ? ['hmacSignature', 'secrets', 'hex']
      : ['rsaSignature', 'publicKeys', 'base64'];
  const encoded = encoding === undefined || encoding === usual ? '' : `, encoding: "${encoding}"`;
  const preset = presets.get(`${algorithm} ${header.toLowerCase()}`);
  if (preset !== undefined && encoded === '') return `${preset}({ ${keys} })`;
  return `${scheme}({ header: "${header}", ${keys}${encoded} })`;
}

/** The schemes that the kit has a name of its own for. */
const presets: ReadonlyMap<string, string> = new Map([
  ['hmac-sha256 x-freshworks-signature', 'freshworksSignature'],
  ['rsa-sha256 x-freshchat-signature', 'freshchatSignature'],
]);
