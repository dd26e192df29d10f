import { createRequire } from 'node:module';

/*
 * The parser compiles the structure of AsyncAPI anew for each document, which a run of the program does once or twice, and the
 * tests would do a thousand times. So they remember what it compiles, which depends on the version alone.
 */
type Compile = (schema: { readonly $id?: unknown }, ...more: readonly unknown[]) => unknown;

const ofTests = createRequire(import.meta.url);
const ofParser = createRequire(ofTests.resolve('@asyncapi/parser'));
const compilers = ofParser('@stoplight/spectral-functions/dist/schema/ajv.js') as {
  createAjvInstances: () => Compile;
};
const { createAjvInstances } = compilers;

if (createAjvInstances.name !== 'remembering') {
  const ofStructures = createAjvInstances();
  compilers.createAjvInstances = function remembering() {
    const ofDocument = createAjvInstances();
    return (schema, ...more) =>
      /^http:\/\/asyncapi\.com\/definitions\//.test(String(schema.$id))
        ? ofStructures(schema, ...more)
        : ofDocument(schema, ...more);
  };
}
