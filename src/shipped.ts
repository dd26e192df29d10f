import { fileURLToPath } from 'node:url';

/** The folder of the documents and overlays that come with the program. From `dist/` it is reached by the same path. */
export const specsFolder = fileURLToPath(new URL('../specs/', import.meta.url));

/** The page of `dev`, which is built into `dist/`. */
export const pageFolder = fileURLToPath(new URL('../dist/page/', import.meta.url));

export const shippedDocuments = [
  'freshworks.asyncapi.yaml',
  'helpdesk.asyncapi.yaml',
  'whatsapp.asyncapi.yaml',
] as const;

/** What the products are seen to send in place of what the published document says. `--literal` leaves it out. */
const corrections = 'freshworks.corrections.overlay.yaml';

/** Deliveries in the corrected shape, for samples. */
const examples = 'freshworks.examples.overlay.json';

export const shippedOverlays = ['freshworks.delivery.overlay.yaml', corrections, examples] as const;

/** The title of the document that the overlays are for. */
export const overlaidTitle = 'Freshworks Webhook Events';

/** Without the corrections: what comes after them is in their shape. */
export const literalOverlays = shippedOverlays.slice(0, 1);

/** The path of a shipped file. */
export function shipped(name: string): string {
  return specsFolder + name;
}
