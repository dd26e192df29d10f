import type { Diagnostic as ParserFinding } from '@asyncapi/parser';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { SourceLocation } from '../diagnostics/source-location.js';
import type { Document } from '../model/document.js';
import type { Json, JsonArray, JsonObject } from '../model/json.js';
import { isObject, pointerSteps, valueAt } from '../model/pointer.js';
import { explained, unexpectedMember } from './cures.js';
import { kindAt, membersOf } from './members.js';
import { externalFiles } from '../model/document.js';

type Path = readonly (string | number)[];

/**
 * The findings about a document's structure that say what is wrong with it. Where a message of AsyncAPI 2 has a fault, the
 * parser also finds that it is neither a list of messages nor a reference: that it has a `payload`, and no `oneOf`.
 */
export function withoutAlternatives(
  findings: readonly ParserFinding[],
  version: string,
): readonly ParserFinding[] {
  const real = findings.filter((finding) => !isAboutAlternative(finding, version));
  return findings.filter(
    (finding) => real.includes(finding) || !real.some(({ path }) => isWithin(path, messageOf(finding.path))),
  );
}

function isAboutAlternative({ message, path }: ParserFinding, version: string): boolean {
  if (kindAt(path) === 'message' && /must have required property "oneOf"/.test(message)) return true;
  const member = unexpectedMember(message);
  return (
    member !== undefined &&
    kindAt(path.slice(0, -1)) === 'message' &&
    membersOf('message', version).includes(member)
  );
}

/** The message that a finding is about: where the path ends, or around it. */
function messageOf(path: Path): Path {
  return kindAt(path) === 'message' ? path : path.slice(0, -1);
}

function isWithin(path: Path, outer: Path): boolean {
  return outer.every((step, index) => String(path[index]) === String(step));
}

/** A finding of the parser as the user gets it. */
export function translated(finding: ParserFinding, document: Document): Diagnostic {
  const { key, value, location, target } = whereIs(finding.path, document);
  if (finding.severity !== 0) return diagnostic('asyncapi-style', finding.message, location);
  if (finding.code === 'uncaught-error')
    return diagnostic('asyncapi-invalid', withoutStack(finding.message), location);
  const { message, fix, isAboutKey } = explained(finding, String(document.data['asyncapi']), value, target);
  const found = diagnostic('asyncapi-invalid', message, (isAboutKey ? key : undefined) ?? location);
  return fix === undefined ? found : { ...found, fix };
}

/** What the parser trips over is a fault of the document to the user, and its stack tells them nothing. */
function withoutStack(message: string): string {
  return message.replace(/, stack: [^]*$/, '');
}

interface Found {
  /** The place of the last step's key, where the document holds it. */
  readonly key: SourceLocation | undefined;
  readonly value: Json | undefined;
  readonly location: SourceLocation | undefined;
  /** A JSONPath to it; undefined where the document does not hold it, or another file does. */
  readonly target: string | undefined;
}

/** The deepest part of a path that the document itself holds; references on the way are followed. */
function whereIs(path: readonly (string | number)[], { data, sourceMap }: Document): Found {
  let node: JsonObject | JsonArray = data;
  let location = sourceMap.of(data);
  let key: SourceLocation | undefined;
  let value: Json | undefined = data;
  let steps: readonly (string | number)[] = [];
  for (const [index, step] of path.entries()) {
    if (!Object.hasOwn(node, step)) return { key: undefined, value: undefined, location, target: undefined };
    location = sourceMap.of(node, step) ?? location;
    key = isObject(node) ? sourceMap.ofKey(node, String(step)) : undefined;
    value = (node as JsonObject)[step] as Json;
    steps = [...steps, step];
    if (index === path.length - 1) break;
    const next = followed(data, value, steps);
    if (typeof next.value !== 'object' || next.value === null) break;
    node = next.value as JsonObject | JsonArray;
    steps = next.steps;
  }
  return { key, value, location, target: steps[0] === externalFiles ? undefined : jsonPath(steps) };
}

/** Where the references that a value starts with lead. */
function followed(
  data: JsonObject,
  start: Json,
  at: readonly (string | number)[],
): { readonly value: Json | undefined; readonly steps: readonly (string | number)[] } {
  let value: Json | undefined = start;
  let steps = at;
  for (let hops = 0; isObject(value) && typeof value['$ref'] === 'string' && hops < 100; hops += 1) {
    const next = pointerSteps(value['$ref']);
    if (next === undefined) return { value: undefined, steps };
    steps = next;
    value = valueAt(data, next);
  }
  return { value, steps };
}

function jsonPath(steps: readonly (string | number)[]): string {
  const shown = steps.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    if (/^[A-Za-z_]\w*$/.test(step)) return `.${step}`;
    return `['${step.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
  });
  return `$${shown.join('')}`;
}
