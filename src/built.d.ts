/** A file's text, put into the program when it is built. */
declare module '*?raw' {
  const text: string;
  export default text;
}

/** Made from the specification's JSON Schema when the program is built. */
declare module 'asyncapi-structure:2.6.0' {
  export default function check(document: unknown): boolean;
}
