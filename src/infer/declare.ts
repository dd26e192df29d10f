import type { JsonObject } from '../model/json.js';
import { isObject, memberOf } from '../model/pointer.js';
import { jsonPath, observed, type Action } from './action.js';
import { fieldSchema, isMap, schemaOf, typesOf, type Making } from './inferred-schema.js';
import { emptyShape, join, kinds, type Shape } from './shape.js';
import { groupOf, itemsOf, keyOf, memberIn, type Group, type SchemaPlace } from './schema-place.js';
import { deliveries, type Subject } from './subject.js';

/** A field of deliveries that the documents do not declare: where it belongs, and what it looks like. */
export interface Unknown {
  readonly owner: SchemaPlace;
  readonly name: string;
  /** Whether a pattern of the documents takes the name, as one does for custom fields. */
  readonly isCustom: boolean;
  readonly shape: Shape;
  /** Where it is in payloads, of several places the first. */
  readonly path: string;
}

export interface Unknowns {
  readonly fields: ReadonlyMap<string, Unknown>;
  /** Items of arrays where the documents have no array. */
  readonly items: ReadonlyMap<string, Pick<Unknown, 'owner' | 'shape'>>;
  /** Objects of which nothing is declared: too many keys, or keys that are no names. */
  readonly keyed: readonly Keyed[];
}

export interface Keyed {
  readonly path: string;
  readonly why: 'too many' | 'not names';
}

/** What the payloads of an event have and the documents do not say. Fields of events that share a schema are joined. */
export function unknownsIn(payloads: readonly (readonly [root: SchemaPlace, shape: Shape])[]): Unknowns {
  const fields = new Map<string, Unknown>();
  const newItems = new Map<string, Pick<Unknown, 'owner' | 'shape'>>();
  const keyed: Keyed[] = [];
  for (const [root, shape] of payloads) walk(groupOf([root]), shape, '');
  return { fields, items: newItems, keyed };

  function walk(group: Group, shape: Shape, path: string): void {
    if (shape.items) {
      const items = itemsOf(group);
      if (items) walk(items, shape.items, `${path}/*`);
      else if (!takesArrays(group))
        for (const owner of group.homes) {
          const before = newItems.get(keyOf(owner))?.shape ?? emptyShape();
          newItems.set(keyOf(owner), { owner, shape: join(before, shape.items) });
        }
    }
    if ((shape.types & kinds.object) === 0 || saysNothing(group)) return;
    if (shape.values) {
      const values = memberIn(group, '').known;
      if (values && values.places.every((place) => place.steps.at(-1) === 'additionalProperties'))
        walk(values, shape.values, `${path}/*`);
      else keyed.push({ path: path || '/', why: shape.isCollapsed ? 'too many' : 'not names' });
    }
    for (const [name, member] of shape.members ?? []) {
      const { known, patterns } = memberIn(group, name);
      if (known) walk(known, member, `${path}/${name}`);
      else
        for (const owner of ownersOf(group, patterns))
          add(owner, name, patterns.length > 0, member, `${path}/${name}`);
    }
  }

  function add(owner: SchemaPlace, name: string, isCustom: boolean, shape: Shape, path: string): void {
    const key = `${keyOf(owner)} ${name}`;
    const before = fields.get(key);
    const joined = join(before?.shape ?? emptyShape(), shape);
    fields.set(key, { owner, name, isCustom, shape: joined, path: before?.path ?? path });
  }
}

/** Whether the documents have arrays here, of anything. */
function takesArrays({ places }: Group): boolean {
  return places.some(({ schema }) => {
    const type = memberOf(schema, 'type');
    return type === undefined
      ? !isObject(schema) || !('anyOf' in schema || '$ref' in schema)
      : typesOf(type).includes('array');
  });
}

/** A schema that takes everything: the documents know that they do not know. At the root it is a payload of no known shape. */
function saysNothing({ places }: Group): boolean {
  return places.every(({ schema, steps }) => {
    if (!isObject(schema)) return true;
    const keywords = Object.keys(schema).filter(
      (key) => !/^(?:x-.*|title|description|deprecated|examples?)$/.test(key),
    );
    return keywords.length === 0 && steps.at(-1) !== 'payload';
  });
}

/** Where a new name is declared: beside the pattern it matches, or where names that are not declared are refused. */
function ownersOf({ places, homes }: Group, patterns: readonly SchemaPlace[]): readonly SchemaPlace[] {
  if (patterns.length > 0) return patterns;
  const closed = places.filter(({ schema }) => memberOf(schema, 'additionalProperties') === false);
  return closed.length > 0 ? closed : homes;
}

/** The action that declares a field. */
export function declaration({ owner, name, isCustom, shape, path }: Unknown, making: Making): Action {
  const { subject = deliveries } = making;
  const schema = fieldSchema(shape, making, path);
  const described = isObject(schema)
    ? { ...schema, description: schema['description'] ?? descriptionOf(name, isCustom, subject) }
    : schema;
  const hasProperties = isObject(memberOf(owner.schema, 'properties'));
  const members: JsonObject = { [name]: described };
  return {
    target: jsonPath(hasProperties ? [...owner.steps, 'properties'] : owner.steps),
    description: isCustom
      ? 'A custom field of this account.'
      : `${subject.have} a field that the documents do not declare.`,
    update: hasProperties ? members : { properties: members },
    observed: observed(shape.count, shape.first, shape.last),
  };
}

/** The action that says what the items of new arrays are. */
export function itemsAction({ owner, shape }: Pick<Unknown, 'owner' | 'shape'>, making: Making): Action {
  return {
    target: jsonPath(owner.steps),
    description: `${(making.subject ?? deliveries).have} lists where the documents have none.`,
    update: { items: schemaOf(shape, making) },
    observed: observed(shape.count, shape.first, shape.last),
  };
}

/** The comment of the field: a custom field by the name it has in the product. */
function descriptionOf(name: string, isCustom: boolean, { seen }: Subject): string {
  const own = /_cf_(.+)$/.exec(name)?.[1];
  return isCustom && own !== undefined ? `Custom field \`${own}\`.` : `${seen}; not in the documents.`;
}

/** The objects inside of an unknown field whose keys are left open. */
export function keyedIn({ shape }: Unknown, path: string): readonly Keyed[] {
  return inside(shape, path);

  function inside(each: Shape, at: string): readonly Keyed[] {
    const parts = [...(each.members ?? [])].flatMap(([key, member]) => inside(member, `${at}/${key}`));
    const items = each.items ? inside(each.items, `${at}/*`) : [];
    const values = each.values ? inside(each.values, `${at}/*`) : [];
    const own: readonly Keyed[] = each.isCollapsed
      ? [{ path: at, why: 'too many' }]
      : each.values && !isMap(each)
        ? [{ path: at, why: 'not names' }]
        : [];
    return [...own, ...parts, ...items, ...values];
  }
}
