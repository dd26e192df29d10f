import type { SourceFile } from 'ts-morph';
import template from '../../templates/events.ts?raw';
import type { Authentication, Catalog, Event, PayloadType, Product } from '../catalog/model.js';
import { code, commentLines, identifier, join, literal, propertyName, type Code } from './code.js';
import type { EmittedFile } from '../kit/file.js';
import { payloadModule } from './payloads.js';
import { close, documentNames, open, respell } from './template.js';

const path = 'events.ts';

/** What the template says of its example; the rest of it stands as it is laid out there. */
const ofTheExample: ReadonlySet<string> = new Set([
  'export type EventName',
  'export interface EventPayloads',
  'export interface EventProducts',
  'export interface ByProduct',
  'export const routes',
]);

/** The event names, payloads and routing table, in place of the ones of the template. */
export function emitEvents(catalog: Catalog, extension: string): EmittedFile {
  const file = open(path, template);
  respell(file, extension);
  const { events, products } = catalog;
  importPayloads(file, catalog, extension);
  file.getTypeAliasOrThrow('EventName').setType(
    join(
      events.map(({ name }) => literal(name)),
      ' | ',
    ).text,
  );
  file.getInterfaceOrThrow('EventPayloads').set({
    properties: events.map((event) => ({
      name: propertyName(event.name).text,
      type: payloadOf(event).text,
      docs: documentation(event.description ?? event.summary),
    })),
  });
  file.getInterfaceOrThrow('EventProducts').set({
    properties: events.map(({ name, product }) => ({
      name: propertyName(name).text,
      type: literal(product).text,
    })),
  });
  file.getInterfaceOrThrow('ByProduct').set({
    properties: products.map((product) => ({
      name: propertyName(product.name).text,
      type: 'T',
      isReadonly: true,
      docs: documentation(authenticationOf(product)),
    })),
  });
  file.getVariableDeclarationOrThrow('routes').setInitializer(code`[\n${join(events.map(route), '')}]`.text);
  const closed = close(file, path, documentNames(catalog));
  return {
    ...closed,
    statements: closed.statements.map((each) => (each === 'export const routes' ? `${each} = data` : each)),
    laidOut: new Set(
      closed.statements.filter((each) => !ofTheExample.has(each) && !each.startsWith('import ')),
    ),
  };
}

function importPayloads(file: SourceFile, { events, types }: Catalog, extension: string): void {
  const used = new Set(events.map(({ payload }) => payload));
  const homes = new Map<string, PayloadType[]>();
  for (const type of types.filter(({ name }) => used.has(name)))
    homes.set(type.home, [...(homes.get(type.home) ?? []), type]);
  const [example] = file.getImportDeclarations();
  example?.remove();
  file.insertImportDeclarations(
    0,
    [...homes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([home, own]) => ({
        isTypeOnly: true,
        moduleSpecifier: payloadModule(home, extension),
        namedImports: own.map(({ name }) => name),
      })),
  );
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

function documentation(text: string | undefined): { description: string }[] {
  const lines = commentLines(text);
  return lines.length === 0
    ? []
    : [{ description: lines.length === 1 ? (lines[0] as string) : `\n${lines.join('\n')}` }];
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
  const [way, ...others] = authentication;
  if (way === undefined) return 'The documents do not say how its deliveries authenticate.';
  if (others.length === 0) return `Authenticates by ${wayOf(way)}.`;
  return [
    'Authenticates by one of these, or `anyOf` several:',
    ...authentication.map((each) => `- ${wayOf(each)}`),
  ].join('\n');
}

function wayOf(way: Authentication): string {
  switch (way.kind) {
    case 'basic':
      return 'Basic authentication: `basicAuth({ username, password })`';
    case 'bearer':
      return 'a bearer token: `staticHeaders({ authorization: "Bearer …" })`';
    case 'header':
      return `the header ${way.header}: \`staticHeaders({ "${way.header}": … })\``;
    case 'signature':
      return `a signature${way.header === undefined ? '' : ` in ${way.header}`}: \`${schemeOf(way)}\``;
  }
}

type Signature = Extract<Authentication, { kind: 'signature' }>;

function schemeOf({ algorithm, header = '…', encoding }: Signature): string {
  if (algorithm === 'standard-webhooks') return 'standardWebhooks({ secrets })';
  const preset = presets.get(`${algorithm} ${header.toLowerCase()}`);
  if (preset !== undefined) return preset;
  const [scheme, keys, usual] =
    algorithm === 'hmac-sha256'
      ? ['hmacSignature', 'secrets', 'hex']
      : ['rsaSignature', 'publicKeys', 'base64'];
  const encoded = encoding === undefined || encoding === usual ? '' : `, encoding: "${encoding}"`;
  return `${scheme}({ header: "${header}", ${keys}${encoded} })`;
}

/** The schemes that the kit has a name of its own for. */
const presets: ReadonlyMap<string, string> = new Map([
  ['hmac-sha256 x-freshworks-signature', 'freshworksSignature({ secrets })'],
  ['rsa-sha256 x-freshchat-signature', 'freshchatSignature({ publicKeys })'],
]);
