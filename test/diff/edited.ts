import { join } from 'node:path';
import { buildCatalog } from '../../src/catalog/catalog.js';
import { contractOf, type Contract } from '../../src/model/contract.js';
import type { JsonObject } from '../../src/model/json.js';
import { compare } from '../../src/diff/compare.js';
import { describe } from '../../src/app/generate.js';
import { githubDocument } from '../documents/github.mjs';
import { channelOf, documentOf } from '../emit/catalog.js';
import { folder } from '../load/folder.js';

/** An overlay action: what an edit does to the shipped documents, or to the one with a title. */
export type Action = { readonly document?: string; readonly target: string } & (
  { readonly update: unknown } | { readonly remove: true }
);

/** What the shipped documents promise after an edit. */
export async function shippedAfter(actions: readonly Action[]): Promise<Contract> {
  if (actions.length === 0) return contractOf((await describe()).catalog);
  const overlays = actions.map(({ document, ...action }) => ({
    overlay: '1.0.0',
    info: { title: 'An edit', version: '1.0.0' },
    ...(document !== undefined && { 'x-document-title': document }),
    actions: [action],
  }));
  const root = folder(
    Object.fromEntries(overlays.map((overlay, index) => [`${index}.yaml`, JSON.stringify(overlay)])),
  );
  const overlay = overlays.map((_, index) => join(root, `${index}.yaml`));
  return contractOf((await describe({ overlay })).catalog);
}

type Tree = Record<string, unknown> & { [key: string]: Tree };

/** The schemas and events of GitHub's document, for an edit to change. */
export interface Github {
  readonly schemas: Record<string, Tree>;
  readonly channels: Record<string, Tree>;
}

/** What GitHub's webhooks promise after an edit. */
export function githubAfter(edit: (document: Github) => void): Contract {
  const { channels, components } = structuredClone(githubDocument()) as unknown as {
    readonly channels: Record<string, { readonly publish: { readonly message: { readonly payload: Tree } } }>;
    readonly components: { readonly schemas: Record<string, Tree> };
  };
  const payloads = Object.fromEntries(
    Object.entries(channels).map(([name, { publish }]) => [name, publish.message.payload]),
  );
  edit({ schemas: components.schemas, channels: payloads });
  const document = documentOf(components.schemas as unknown as JsonObject);
  const read = Object.entries(payloads).map(([name, payload]) =>
    channelOf(document, name, payload as unknown as JsonObject),
  );
  return contractOf(buildCatalog(read, {}, () => undefined));
}

/** Changes in short: `breaking field-removed FreshdeskTicketFields.ticket_subject`. */
export function labels(base: Contract, head: Contract): readonly string[] {
  return compare(base, head).map(({ level, rule, subject }) => `${level} ${rule} ${subject}`);
}
