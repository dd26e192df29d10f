import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Json, JsonObject } from '../../src/model/json.js';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { load } from '../../src/load/load.js';

const folder = fileURLToPath(new URL('../../specs/', import.meta.url));

export const published = `${folder}freshworks.asyncapi.yaml`;
export const helpdesk = `${folder}helpdesk.asyncapi.yaml`;
export const whatsapp = `${folder}whatsapp.asyncapi.yaml`;
export const delivery = `${folder}freshworks.delivery.overlay.yaml`;
export const corrections = `${folder}freshworks.corrections.overlay.yaml`;

/** A document as `generate` reads it, overlays applied. Findings go to `report`; by default any is a failure. */
export async function read(
  spec: string,
  overlays: readonly string[] = [],
  report: (found: Diagnostic) => void = fail,
): Promise<JsonObject> {
  const request = {
    specs: [spec],
    overlays: overlays.map((path) => ({ path, shipped: true })),
    cwd: folder,
  };
  const [document] = await load(request, report);
  if (!document) throw new Error(`nothing was loaded from ${spec}`);
  return document.data;
}

/** A payload of `specs/samples/` and the event it belongs to. */
export interface Sample {
  readonly file: string;
  readonly event: string;
  readonly payload: Json;
}

/** The JSON samples: a file's name starts with its event's name, `/` written as `-`. */
export const samples: readonly Sample[] = readdirSync(`${folder}samples`)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => ({
    file,
    event: file.replace(/^([a-z]+)-((?:ticket\.|[a-z]+-)[a-z]+).*$/, '$1/$2'),
    payload: JSON.parse(readFileSync(`${folder}samples/${file}`, 'utf8')) as Json,
  }));

function fail(found: Diagnostic): never {
  throw new Error(found.message);
}
