/** A file's text, put into the program when it is built. */
declare module '*?raw' {
  const text: string;
  export default text;
}

/** Made from the specification's JSON Schema when the program is built. */
declare module 'compiled:asyncapi-2.6.0' {
  export default function check(document: unknown): boolean;
}

/** Made from `kit/manifest.schema.json`. */
declare module 'compiled:manifest' {
  import type { ValidateFunction } from 'ajv';
  export const manifest: ValidateFunction;
  export const files: ValidateFunction;
  export const contract: ValidateFunction;
}
