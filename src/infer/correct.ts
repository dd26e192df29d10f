import type { Json, JsonObject } from '../model/json.js';
import { isObject, memberOf } from '../model/pointer.js';
import { jsonPath, observed, singleQuoted, type Action } from './action.js';
import type { Correction } from './corrections.js';
import { typesOf, widened, type Making } from './inferred-schema.js';
import { branchesOf, target } from './schema-place.js';
import { deliveries, type Subject } from './subject.js';

/** The action that makes a schema take what it refused; undefined where it is for a later round. */
export function correctionAction(
  correction: Correction,
  isLastResort: boolean,
  { subject = deliveries }: Making,
): Action | undefined {
  const { place, keyword, name, count, first, last } = correction;
  const at = (target: string, change: Pick<Action, 'description' | 'update' | 'remove'>): Action => ({
    target,
    ...change,
    observed: observed(count, first, last),
  });
  const own = jsonPath(place.steps);
  switch (keyword) {
    case 'type':
      return at(own, {
        description: `${subject.have} ${listed(unlike(place.schema, correction.types))} where the documents have ${listed(typesOf(memberOf(place.schema, 'type')))}.`,
        update: { type: widened(memberOf(place.schema, 'type'), correction.types) },
      });
    case 'enum':
      return at(own, {
        description: `${subject.have} values that the documents do not list: the list is open.`,
        update: { 'x-open-enum': true },
      });
    case 'required':
      return at(`${jsonPath([...place.steps, 'required'])}[?@ == ${singleQuoted(name ?? '')}]`, {
        description: `${subject.lack} a field that the documents require.`,
        remove: true,
      });
    case 'additionalProperties':
      // Fields with names are declared; what is left are keys that are data.
      return isLastResort
        ? at(own, {
            description: `${subject.have} members that the documents exclude.`,
            update: { additionalProperties: true },
          })
        : undefined;
    case 'anyOf':
    case 'oneOf':
      return branch(correction, subject, at) ?? (isLastResort ? removed() : undefined);
    default:
      return removed();
  }

  function removed(): Action {
    return at(jsonPath([...place.steps, keyword]), {
      description: `${subject.have} values that do not keep the \`${keyword}\` of the documents.`,
      remove: true,
    });
  }
}

/** A branch for values of a type that no branch of a union takes. */
function branch(
  { place, keyword, types }: Correction,
  subject: Subject,
  at: (target: string, change: Pick<Action, 'description' | 'update'>) => Action,
): Action | undefined {
  const taken = branchesOf(place).map((each) => memberOf(target(each).schema, 'type'));
  if (taken.includes(undefined)) return undefined;
  const known = new Set(taken.flatMap(typesOf));
  const missing = [...types].filter(
    (type) => !known.has(type) && !(type === 'integer' && known.has('number')),
  );
  if (missing.length === 0) return undefined;
  return at(jsonPath([...place.steps, keyword]), {
    description: `${subject.have} ${listed(missing)}, which no branch of the documents takes.`,
    update: { type: widened(undefined, missing) },
  });
}

function unlike(schema: Json, types: ReadonlySet<string>): readonly string[] {
  const known = typesOf(isObject(schema) ? (schema as JsonObject)['type'] : undefined);
  return [...types].filter((type) => !known.includes(type)).sort();
}

function listed(types: readonly string[]): string {
  return types.join(', ').replace(/, (?=[^,]*$)/, ' and ');
}
