// The structure of AsyncAPI documents as a validator that was compiled when the program was built: the parser would
// compile the specification's JSON Schema anew for every document.
import addFormats from 'ajv-formats';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import specs from '@asyncapi/specs';

/** The module specifier: `asyncapi-structure:2.6.0` exports a function from data to whether it is so structured. */
const specifier = /^asyncapi-structure:(\d+\.\d+\.\d+)$/;

/** The module's source, as ESM. */
function source(version) {
  const schema = structuredClone(specs.schemas[version]);
  // ajv has these already.
  delete schema.definitions['http://json-schema.org/draft-07/schema'];
  delete schema.definitions['http://json-schema.org/draft-04/schema'];
  const ajv = new Ajv({
    code: { source: true, esm: true },
    strict: false,
    messages: false,
    unicodeRegExp: false,
  });
  addFormats.default(ajv);
  return standalone.default(ajv, ajv.compile(schema));
}

/** For the bundler, which takes `require` as it takes `import`. */
export const structureForBuild = {
  name: 'asyncapi-structure',
  setup(builder) {
    builder.onResolve({ filter: specifier }, ({ path }) => ({ path, namespace: 'asyncapi-structure' }));
    builder.onLoad({ filter: /.*/, namespace: 'asyncapi-structure' }, ({ path }) => ({
      contents: source(specifier.exec(path)[1]),
      loader: 'js',
      resolveDir: import.meta.dirname,
    }));
  },
};

/** For the tests, which run the sources. */
export const structureForTests = {
  name: 'asyncapi-structure',
  enforce: 'pre',
  resolveId: (id) => (specifier.test(id) ? `\0${id}` : undefined),
  load(id) {
    const version = specifier.exec(id.slice(1))?.[1];
    if (!id.startsWith('\0') || version === undefined) return undefined;
    const require = `import { createRequire } from 'node:module';\nconst require = createRequire(${JSON.stringify(import.meta.url)});`;
    return `${require}\n${source(version)}`;
  },
};
