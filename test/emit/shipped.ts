import { fileURLToPath } from 'node:url';

const path = (name: string) => fileURLToPath(new URL(`../../specs/${name}`, import.meta.url));

export const shippedSpecs = [
  'freshworks.asyncapi.yaml',
  'helpdesk.asyncapi.yaml',
  'whatsapp.asyncapi.yaml',
].map(path);
export const shippedOverlays = [
  'freshworks.delivery.overlay.yaml',
  'freshworks.corrections.overlay.yaml',
  'freshworks.examples.overlay.json',
].map(path);
