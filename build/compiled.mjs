// Validators that ajv writes when the program is built: at run time, compiling a JSON Schema takes longer than using it.
import { readFileSync } from 'node:fs';
import addFormats from 'ajv-formats';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import specs from '@asyncapi/specs';

/** `compiled:manifest` and so on; `src/built.d.ts` says what each exports. */
const specifier = /^compiled:(.+)$/;

/** The source of each module, as ESM. */
const sources = {
  /** The structure of AsyncAPI documents: the parser would compile the specification's JSON Schema anew for every document. */
  'asyncapi-2.6.0'() {
    const schema = structuredClone(specs.schemas['2.6.0']);
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
  },
  /** The parts of a kit's manifest. */
  manifest() {
    const schema = JSON.parse(
      readFileSync(new URL('../src/kit/manifest.schema.json', import.meta.url), 'utf8'),
    );
    const ajv = new Ajv({
      code: { source: true, esm: true },
      discriminator: true,
      ownProperties: true,
      allowUnionTypes: true,
    });
    ajv.addSchema(schema, 'manifest');
    const parts = ['manifest', 'files', 'contract'];
    return standalone.default(
      ajv,
      Object.fromEntries(parts.map((part) => [part, `manifest#/definitions/${part}`])),
    );
  },
};

const sourceOf = (id) => sources[specifier.exec(id)[1]]();

/** For the bundler, which takes `require` as it takes `import`. */
export const compiledForBuild = {
  name: 'compiled',
  setup(builder) {
    builder.onResolve({ filter: specifier }, ({ path }) => ({ path, namespace: 'compiled' }));
    builder.onLoad({ filter: /.*/, namespace: 'compiled' }, ({ path }) => ({
      contents: sourceOf(path),
      loader: 'js',
      resolveDir: import.meta.dirname,
    }));
  },
};

/** For the tests, which run the sources. */
export const compiledForTests = {
  name: 'compiled',
  enforce: 'pre',
  resolveId: (id) => (specifier.test(id) ? `\0${id}` : undefined),
  load(id) {
    if (!id.startsWith('\0compiled:')) return undefined;
    const require = `import { createRequire } from 'node:module';\nconst require = createRequire(${JSON.stringify(import.meta.url)});`;
    return `${require}\n${sourceOf(id.slice(1))}`;
  },
};
