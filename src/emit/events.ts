import type { SourceFile } from 'ts-morph';
import template from '../../templates/events.ts?raw';
import type { Catalog, Event, PayloadType } from '../catalog/model.js';
import { code, commentLines, identifier, join, literal, propertyName, type Code } from './code.js';
import type { EmittedFile } from '../kit/file.js';
import { payloadModule } from './payloads.js';
import { close, documentNames, open, respell } from './template.js';

const path = 'events.ts';

/** The event names, payloads and routing table, in place of the ones of the template. */
export function emitEvents(catalog: Catalog, extension: string): EmittedFile {
  const file = open(path, template);
  respell(file, extension);
  const { events } = catalog;
  importPayloads(file, catalog, extension);
  file.getTypeAliasOrThrow('EventName').setType(join(events.map(({ name }) => literal(name)), ' | ').text);
  file.getInterfaceOrThrow('EventPayloads').set({
    properties: events.map((event) => ({
      name: propertyName(event.name).text,
      type: payloadOf(event).text,
      docs: documentation(event),
    })),
  });
  file.getInterfaceOrThrow('EventProducts').set({
    properties: events.map(({ name, product }) => ({ name: propertyName(name).text, type: literal(product).text })),
  });
  file.getVariableDeclarationOrThrow('routes').setInitializer(code`[\n${join(events.map(route), '')}]`.text);
  return close(file, path, documentNames(catalog));
}

function importPayloads(file: SourceFile, { events, types }: Catalog, extension: string): void {
  const used = new Set(events.map(({ payload }) => payload));
  const homes = new Map<string, PayloadType[]>();
  for (const type of types.filter(({ name }) => used.has(name))) homes.set(type.home, [...(homes.get(type.home) ?? []), type]);
  const [example] = file.getImportDeclarations();
  example?.remove();
  file.insertImportDeclarations(
    0,
    [...homes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([home, own]) => ({
      isTypeOnly: true,
      moduleSpecifier: payloadModule(home, extension),
      namedImports: own.map(({ name }) => name),
    })),
  );
}

/** The payload of one event: where a word in it names the event, only that word is left. */
export function payloadOf({ payload, discriminator }: Event): Code {
  if (!discriminator) return identifier(payload);
  const word = discriminator.path.reduceRight((inner, step) => code`{ ${propertyName(step)}: ${inner} }`, literal(discriminator.value));
  return code`${identifier(payload)} & ${word}`;
}

function documentation({ summary, description }: Event): { description: string }[] {
  const lines = commentLines(description ?? summary);
  return lines.length === 0 ? [] : [{ description: lines.length === 1 ? (lines[0] as string) : `\n${lines.join('\n')}` }];
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
