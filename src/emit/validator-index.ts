import type { Catalog } from '../model/catalog.js';
import { code, comment, identifier, join, propertyName, type Code } from '../typescript/code.js';
import type { EmittedFile } from '../kit/file.js';
import { header } from './header.js';
import type { ModuleSchemas } from './json-schema.js';
import { documentNames } from './template.js';
import { schemaName } from './schemas.js';
import { validatorName } from './validators.js';

/** Which compiled validator each event's payload has: what the receiver needs, and no more than that. */
export function emitCompiled(
  catalog: Catalog,
  payloadModules: readonly ModuleSchemas[],
  extension: string,
): EmittedFile {
  const imports = [
    `import type { EventName } from '../events${extension}';`,
    `import type { Validate } from '../runtime/standard-schema${extension}';`,
    ...payloadModules.map(
      ({ module, roots }) =>
        `import { ${roots.map(validatorName).join(', ')} } from './${module}${extension}';`,
    ),
  ];
  const compiled = code`${comment("The validator of each event's payload, as ajv compiled it.")}export const compiled: Readonly<Record<EventName, Validate>> = {
${byEvent(catalog, validatorName)}
};`;
  return {
    path: 'validators/compiled.ts',
    code: `${header(documentNames(catalog))}\n${imports.join('\n')}\n\n${compiled.text}\n`,
    statements: [
      'import ../events',
      'import ../runtime/standard-schema',
      ...payloadModules.map(({ module }) => `import ./${module}`),
      'export const compiled',
    ],
  };
}

/** A guard for every payload and a Standard Schema for every event. */
export function emitValidatorIndex(
  catalog: Catalog,
  payloadModules: readonly ModuleSchemas[],
  extension: string,
): EmittedFile {
  const payloads = payloadModules.flatMap(({ roots }) => roots).sort();
  const imports = [
    `import { routes, type EventName, type EventPayloads } from '../events${extension}';`,
    ...payloadModules.map(
      ({ module, roots }) => `import type { ${roots.join(', ')} } from '../payloads/${module}${extension}';`,
    ),
    ...payloadModules.map(
      ({ module, roots }) =>
        `import { ${roots.map(validatorName).join(', ')} } from './${module}${extension}';`,
    ),
    ...payloadModules.map(
      ({ module, roots }) =>
        `import { ${roots.map(schemaName).join(', ')} } from '../schemas/${module}${extension}';`,
    ),
    `import { standardSchemas, type StandardSchemaV1 } from '../runtime/standard-schema${extension}';`,
    `import { compiled } from './compiled${extension}';`,
  ];
  const guards = payloads.map(
    (name) => code`export function ${identifier(`is${name}`)}(value: unknown): value is ${identifier(name)} {
  return ${identifier(validatorName(name))}(value);
}`,
  );
  // Marked as pure, so that a bundler can drop the schemas where only a guard or the receiver is used.
  const schemas = code`${comment('A Standard Schema (standardschema.dev) for every event, which is a Standard JSON Schema, too.')}export const validators: { readonly [N in EventName]: StandardSchemaV1<unknown, EventPayloads[N]> } = /* @__PURE__ */ standardSchemas<EventPayloads>(routes, compiled, {
${byEvent(catalog, schemaName)}
});`;
  return {
    path: 'validators/index.ts',
    code: `${header(documentNames(catalog))}\n${imports.join('\n')}\n\n${join([...guards, schemas], '\n\n').text}\n`,
    statements: [
      'import ../events',
      ...payloadModules.map(({ module }) => `import ../payloads/${module}`),
      ...payloadModules.map(({ module }) => `import ./${module}`),
      ...payloadModules.map(({ module }) => `import ../schemas/${module}`),
      'import ../runtime/standard-schema',
      'import ./compiled',
      ...payloads.map((name) => `export function is${name}`),
      'export const validators',
    ],
  };
}

/** What each event's payload has of something, by the event's name. */
function byEvent({ events }: Catalog, nameOf: (payload: string) => string): Code {
  return join(
    events.map(({ name, payload }) => code`  ${propertyName(name)}: ${identifier(nameOf(payload))},`),
    '\n',
  );
}
