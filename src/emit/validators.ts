import { _, Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import type { Catalog, PayloadType } from '../catalog/model.js';
import type { EmittedFile } from '../kit/file.js';
import { formatFunctions } from './formats.js';
import { documentsOf, header } from './header.js';
import { definitions } from './json-schema.js';
import { membersKeyword } from './members.js';
import { trim } from './trim.js';

/** One module of ajv's standalone code per home of payload types: no ajv at run time, nothing in it that only describes. */
export function emitValidators(catalog: Catalog, extension: string): readonly EmittedFile[] {
  const types = new Map(catalog.types.map((type) => [type.name, type]));
  return validatorHomes(catalog).map((home) => emitHome(home, catalog, types, extension));
}

/** The homes that have a payload to validate. */
export function validatorHomes({ types }: Catalog): readonly string[] {
  return [...new Set(types.filter(({ root }) => root).map(({ home }) => home))].sort();
}

/** `validateFreshdeskTicketPayload` for `FreshdeskTicketPayload`. */
export function validatorName(type: string): string {
  return `validate${type}`;
}

function emitHome(
  home: string,
  catalog: Catalog,
  types: ReadonlyMap<string, PayloadType>,
  extension: string,
): EmittedFile {
  const roots = catalog.types.filter((type) => type.root && type.home === home).map(({ name }) => name);
  const { body, imports, statements } = trim(compile(roots, definitions(roots, types)));
  const importing = [
    'import type { Validate }',
    ...(imports.length > 0 ? [`import { ${imports.join(', ')} }`] : []),
  ];
  const lines = importing.map((line) => `${line} from './runtime${extension}';\n`).join('');
  return {
    path: `validators/${home}.ts`,
    code: `${header(documentsOf(catalog, home), { unchecked: true })}\n${lines}\n${body}`,
    statements: [...importing.map(() => 'import ./runtime'), ...statements],
    verbatim: true,
  };
}

function compile(roots: readonly string[], definitions: object): string {
  const ajv = new Ajv({
    code: { source: true, esm: true, lines: true, formats: _`formats` },
    formats: Object.fromEntries([...formatFunctions.keys()].map((name) => [name, () => true])),
    strict: false, // schemas have been checked as they were read
    validateSchema: false,
    meta: false,
    addUsedSchema: false,
    inlineRefs: false, // what is referred to often would be written out as often
    allErrors: true,
    discriminator: true,
    ownProperties: true, // `required: [constructor]` is not satisfied by what every object inherits
    logger: false, // on failure it would print whole functions
  });
  ajv.addKeyword(membersKeyword);
  ajv.addSchema({ $id: 'kit', definitions });
  return standalone.default(
    ajv,
    Object.fromEntries(roots.map((name) => [validatorName(name), `kit#/definitions/${name}`])),
  );
}
