import type { Catalog, Event } from '../model/catalog.js';
import { code, comment, identifier, join, literal, propertyName, type Code } from '../typescript/code.js';
import type { EmittedFile } from '../kit/file.js';
import { header } from './header.js';
import type { HomeSchemas } from './json-schema.js';
import { documentNames } from './template.js';
import { schemaName } from './schemas.js';
import { validatorName } from './validators.js';

/** A guard for every payload and a Standard Schema for every event. */
export function emitValidatorIndex(
  catalog: Catalog,
  homes: readonly HomeSchemas[],
  extension: string,
): EmittedFile {
  const payloads = homes.flatMap(({ roots }) => roots).sort();
  const imports = [
    `import type { EventName, EventPayloads } from '../events${extension}';`,
    ...homes.map(
      ({ home, roots }) => `import type { ${roots.join(', ')} } from '../payloads/${home}${extension}';`,
    ),
    ...homes.map(
      ({ home, roots }) => `import { ${roots.map(validatorName).join(', ')} } from './${home}${extension}';`,
    ),
    ...homes.map(
      ({ home, roots }) =>
        `import { ${roots.map(schemaName).join(', ')} } from '../schemas/${home}${extension}';`,
    ),
    `import { standard, type StandardSchemaV1 } from '../runtime/standard-schema${extension}';`,
  ];
  const guards = payloads.map(
    (name) => code`export function ${identifier(`is${name}`)}(value: unknown): value is ${identifier(name)} {
  return ${identifier(validatorName(name))}(value);
}`,
  );
  const schemas = code`${comment('A Standard Schema (standardschema.dev) for every event, which is a Standard JSON Schema, too.')}export const validators: { readonly [N in EventName]: StandardSchemaV1<unknown, EventPayloads[N]> } = {
${join(catalog.events.map(standardSchema), '\n')}
};`;
  return {
    path: 'validators/index.ts',
    code: `${header(documentNames(catalog))}\n${imports.join('\n')}\n\n${join([...guards, schemas], '\n\n').text}\n`,
    statements: [
      'import ../events',
      ...homes.map(({ home }) => `import ../payloads/${home}`),
      ...homes.map(({ home }) => `import ./${home}`),
      ...homes.map(({ home }) => `import ../schemas/${home}`),
      'import ../runtime/standard-schema',
      ...payloads.map((name) => `export function is${name}`),
      'export const validators',
    ],
  };
}

/** Marked as pure, so that a bundler can drop the table where only a guard is used. */
function standardSchema({ name, payload, discriminator }: Event): Code {
  const validate = identifier(validatorName(payload));
  const narrowing = discriminator
    ? code`, ${literal(discriminator.path)}, ${literal(discriminator.value)}`
    : code``;
  return code`  ${propertyName(name)}: /* @__PURE__ */ standard(${validate}, ${identifier(schemaName(payload))}${narrowing}),`;
}
