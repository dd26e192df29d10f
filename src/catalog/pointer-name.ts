/**
 * What the schema at the end of a pointer is called: `#/components/schemas/Order` Order. Steps that stand in every document,
 * `schema`, `payload`, `items`, are no name: what they lead away from is, so that `…/messages/Moved/payload` is MovedPayload
 * and `…/Order/properties/lines/items` OrderLinesItem, as if it were written where it is used.
 */
export function schemaNameOf(steps: readonly string[]): string {
  const [file, ...rest] = steps[0] === 'x-external' ? steps.slice(1) : [undefined, ...steps];
  let name = file === undefined ? 'Document' : (file.split('/').at(-1) ?? file).replace(/\.[^.]*$/, '');
  for (let index = 0; index < rest.length; index += 1) {
    const [step, next] = [rest[index] as string, rest[index + 1]];
    const isPair = next !== undefined && pairs.has(step);
    if (isPair) index += 1;
    if (isPair && containers.has(step) && !(step === 'responses' && /^(?:[0-9]+|default)$/.test(next)))
      name = next;
    else if (isPair) name += ` ${step === 'properties' ? next : `${pairs.get(step) ?? ''} ${next}`}`;
    else if (suffixes.has(step))
      name += new RegExp(`${suffixes.get(step)}$`, 'i').test(name) ? '' : ` ${suffixes.get(step)}`;
    else if (!silent.has(step) && !/^[\w.+-]+\/[\w.+*-]+$/.test(step)) name = step;
  }
  return name;
}

/** Under these a step is a name of the document's own. */
const containers: ReadonlySet<string> = new Set(
  'schemas definitions $defs messages parameters responses requestBodies channels paths'.split(' '),
);

/** These are one with the step behind them. */
const pairs: ReadonlyMap<string, string> = new Map([
  ...[...containers].map((step) => [step, step === 'responses' ? 'Response' : ''] as const),
  ['properties', ''],
  ['patternProperties', 'Value'],
  ['allOf', 'AllOf'],
  ['anyOf', 'AnyOf'],
  ['oneOf', 'OneOf'],
]);

const suffixes: ReadonlyMap<string, string> = new Map([
  ['payload', 'Payload'],
  ['requestBody', 'Payload'],
  ['headers', 'Headers'],
  ['items', 'Item'],
  ['additionalItems', 'Item'],
  ['contains', 'Item'],
  ['additionalProperties', 'Value'],
]);

const silent: ReadonlySet<string> = new Set(
  'schema content components message publish subscribe get put post delete patch if then else not'.split(' '),
);
