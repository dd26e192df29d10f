import { Document, isAlias, isMap, isSeq, parseDocument, visit, type YAMLMap } from 'yaml';
import type { Json, JsonObject } from '../model/json.js';
import { isObject } from '../model/pointer.js';
import { sorted, subjectOf, type Action, type Observed } from './action.js';

/** An overlay as it is written: what its user wrote, and the actions that were inferred. */
export interface OverlayText {
  readonly own: readonly Action[];
  /** The overlay without the inferred actions, each line where it was; undefined where nothing else is in it. */
  readonly rest: string | undefined;
  /** `x-document-title`: it is for one document alone. */
  readonly documentTitle: string | undefined;
  /** Puts actions in: each replaces the inferred one about the same thing. Everything else keeps its bytes. */
  extended(actions: readonly Action[]): string;
}

/** What marks an inferred action, beside saying what it was made from. Whoever removes it makes the action their own. */
const mark = 'x-observed';

/**
 * Reads an overlay that is one already.
 *
 * @returns undefined where its actions are not a list of lines, so that none can be put in between
 */
export function readOverlayText(text: string): OverlayText | undefined {
  const document = parseDocument(text, { schema: 'core' });
  const list = document.get('actions', true);
  if (!isSeq(list) || list.flow || list.items.length === 0 || !list.items.every((item) => isMap(item)))
    return undefined;
  const title = document.get('x-document-title');
  const pieces = (list.items as YAMLMap[]).map((item) => pieceOf(text, item, document));
  if (pieces.some(({ start }) => start < 0)) return undefined;
  const own = pieces.filter((piece) => piece.action !== undefined) as OwnPiece[];
  return {
    own: own.map(({ action }) => action),
    rest: own.length === pieces.length ? undefined : blanked(text, own),
    documentTitle: typeof title === 'string' ? title : undefined,
    extended: (actions) => extended(text, pieces, own, actions),
  };
}

/** A new overlay. */
export function newOverlayText(actions: readonly Action[], documentTitle?: string): string {
  const head = [
    '# Written by `freshworks-gen infer`. It holds names and types, and no value of a delivery. Edit it as you like: an action',
    '# without `x-observed` is yours, and later runs leave it alone.',
    'overlay: 1.1.0',
    'info:',
    '  title: Fields of our own',
    '  version: 1.0.0',
    ...(documentTitle === undefined
      ? []
      : [new Document({ 'x-document-title': documentTitle }).toString(layout).trimEnd()]),
    'actions:',
  ];
  return `${head.join('\n')}\n${sorted(actions)
    .map((action) => printed(action, '  '))
    .join('\n\n')}\n`;
}

/** An action in the text: from its dash to the end of its last line. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly indent: string;
  readonly action: Action | undefined;
}

interface OwnPiece extends Piece {
  readonly action: Action;
}

function pieceOf(text: string, item: YAMLMap, document: Document): Piece {
  const [from = 0, to = 0] = item.range ?? [];
  const dash = text.lastIndexOf('-', from);
  const line = text.lastIndexOf('\n', dash) + 1;
  const indent = text.slice(line, dash);
  const content = text.slice(0, to).trimEnd().length;
  const next = text.indexOf('\n', content);
  return {
    start: /^ *$/.test(indent) ? line : -1,
    end: withoutReturn(text, next < 0 ? text.length : next),
    indent,
    action: item.has(mark) && !isLinked(item) ? actionIn(item.toJS(document) as JsonObject) : undefined,
  };
}

/** Whether its text cannot stand alone: others may refer to an anchor in it, or it to theirs. Then it is its user's. */
function isLinked(item: YAMLMap): boolean {
  let found = false;
  visit(item, {
    Node(_, node) {
      found ||= isAlias(node) || node.anchor !== undefined;
      return found ? visit.BREAK : undefined;
    },
  });
  return found;
}

function withoutReturn(text: string, end: number): number {
  return text[end - 1] === '\r' ? end - 1 : end;
}

function actionIn(node: JsonObject): Action | undefined {
  const { target, description, update, remove, [mark]: seen } = node;
  if (typeof target !== 'string' || !isObject(seen)) return undefined;
  return {
    target,
    description: typeof description === 'string' ? description : '',
    ...(isObject(update) && { update }),
    ...(remove === true && { remove }),
    observed: observedIn(seen),
  };
}

function observedIn({ count, first, last, template }: JsonObject): Observed {
  return {
    ...(typeof count === 'number' && { count }),
    ...(typeof template === 'string' && { template }),
    ...(typeof first === 'string' && { first }),
    ...(typeof last === 'string' && { last }),
  };
}

/** The text with empty lines where the inferred actions are, so that positions stay right. */
function blanked(text: string, own: readonly OwnPiece[]): string {
  let result = '';
  let from = 0;
  for (const { start, end } of own) {
    result += text.slice(from, start) + text.slice(start, end).replace(/[^\r\n]/g, '');
    from = end;
  }
  return result + text.slice(from);
}

interface Change {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

function extended(
  text: string,
  pieces: readonly Piece[],
  own: readonly OwnPiece[],
  actions: readonly Action[],
): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const before = new Map(own.map((piece) => [subjectOf(piece.action), piece]));
  const changes: Change[] = [];
  const added = new Map<number, string[]>();
  for (const action of sorted(actions)) {
    const piece = before.get(subjectOf(action));
    const indent = piece?.indent ?? pieces[0]?.indent ?? '';
    const lines = printed(action, indent).replaceAll('\n', eol);
    if (piece === undefined) {
      const at = placeFor(action, text, pieces, own);
      added.set(at, [...(added.get(at) ?? []), lines]);
    } else if (!isSame(piece.action, action)) changes.push({ from: piece.start, to: piece.end, text: lines });
  }
  for (const [at, texts] of added) {
    const isFirst = pieces.every(({ end }) => end !== at);
    const joined = texts.join(eol + eol);
    changes.push({ from: at, to: at, text: isFirst ? joined + eol + eol : eol + eol + joined });
  }
  let result = text;
  for (const { from, to, text: replacement } of changes.sort((a, b) => b.from - a.from))
    result = result.slice(0, from) + replacement + result.slice(to);
  return result.endsWith(eol) ? result : result + eol;
}

/** Where a new action goes: behind the inferred ones that sort before it, and behind all of the user's at first. */
function placeFor(action: Action, text: string, pieces: readonly Piece[], own: readonly OwnPiece[]): number {
  const smaller = own.filter((piece) => sorted([action, piece.action])[0] === piece.action);
  const behind = smaller.at(-1) ?? (own.length === 0 ? pieces.at(-1) : undefined);
  if (behind !== undefined) return behind.end;
  const [first] = own;
  const at = pieces.indexOf(first as Piece);
  const previous = pieces[at - 1];
  if (previous !== undefined) return previous.end;
  // Comments above an action are about it.
  let { start } = first as Piece;
  for (;;) {
    const line = text.lastIndexOf('\n', start - 2) + 1;
    if (start === 0 || !/^\s*#/.test(text.slice(line, start))) return start;
    start = line;
  }
}

function isSame(one: Action, other: Action): boolean {
  return printed(one, '') === printed(other, '');
}

const layout = { lineWidth: 0, singleQuote: true, flowCollectionPadding: true } as const;

/** An action as lines: with its source last, so that a later run finds its end. */
function printed({ target, description, update, remove, observed }: Action, indent: string): string {
  const document = new Document({
    target,
    ...(description !== '' && { description }),
    ...(remove && { remove }),
    ...(update && { update: ordered(update) }),
    [mark]: observed,
  });
  visit(document, {
    Seq: (_, node) => {
      node.flow = true;
    },
    Pair: (_, { key, value }) => {
      // A member that has nothing but a type fits on a line.
      if (isMap(value) && (String(key) === mark || isShort(value))) value.flow = true;
    },
  });
  const lines = document.toString(layout).trimEnd().split('\n');
  // Lists are padded in no style guide: `[string, 'null']`.
  return lines
    .map((line) => line.replace(/: \[ (.*) \](?=$| \}$)/, ': [$1]'))
    .map((line, index) => (line === '' ? '' : `${indent}${index === 0 ? '- ' : '  '}${line}`))
    .join('\n');
}

function isShort({ items: [only, ...others] }: YAMLMap): boolean {
  return others.length === 0 && String(only?.key) === 'type' && !isMap(only?.value);
}

const order = [
  'target',
  'type',
  'description',
  'enum',
  'x-open-enum',
  'items',
  'properties',
  'additionalProperties',
];

/** A schema with its keywords in the order that a reader expects; names stay sorted. */
function ordered(schema: JsonObject): JsonObject {
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  const entries = Object.entries(schema).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([key, value]): [string, Json] => [key, isObject(value) ? orderedInside(key, value) : value]),
  );
}

function orderedInside(key: string, value: JsonObject): JsonObject {
  if (key !== 'properties') return ordered(value);
  const names = Object.keys(value).sort();
  return Object.fromEntries(
    names.map((name): [string, Json] => {
      const member = value[name] as Json;
      return [name, isObject(member) ? ordered(member) : member];
    }),
  );
}
