import type { Code } from '../diagnostics/catalogue.js';
import { Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { limits } from './limits.js';
import { offsetOf, type Offsets } from './offsets.js';
import { externalFiles } from '../model/document.js';
import type { BundledFile, BundledFiles } from './bundled-file.js';
import { encodeStep } from './pointer.js';
import { classifyRef, type Reference } from './reference.js';
import { finding } from './rejection.js';
import { isObject, memberOf, type Tree, type TreeObject } from './tree.js';

/** What a reference leads to. */
export interface Link {
  readonly target: Tree;
  /** The file the target is in. */
  readonly part: BundledFile;
  /** A reference from the finished document straight to the target. */
  readonly straight: string;
  /** How the reference reads in the finished document. */
  readonly ref: string;
}

export interface Refused {
  readonly errors: readonly Diagnostic[];
}

/** Follows one reference, opening the file it names. */
export type Follow = (holder: TreeObject, from: BundledFile) => Promise<Link | Refused>;

/**
 * A pointer may pass through other references: where a channel is in a file of its own, AsyncAPI 3 still has its messages
 * referred to as `#/channels/<channel>/messages/<message>`, and such a reference stays as it is written. Any other becomes one
 * straight to its target, so that later stages need not know.
 */
export function createFollow(parts: BundledFiles, offsets: Offsets): Follow {
  const links = new Map<TreeObject, Link>();

  async function follow(
    holder: TreeObject,
    from: BundledFile,
    way: ReadonlySet<TreeObject>,
  ): Promise<Link | Refused> {
    const known = links.get(holder);
    if (known) return known;
    const refuse = (code: Code, reason: string): Refused => ({
      errors: [refusal(code, reason, holder, offsets)],
    });
    const ref = holder['$ref'];
    if (typeof ref !== 'string') return refuse('ref-not-text', 'is not text');
    const reference = classifyRef(ref);
    if (reference.kind === 'refused') return refuse(reference.code, reference.reason);
    const part = await openFor(reference, holder, from);
    if ('errors' in part) return part;
    const written = part.base + reference.fragment;
    const found = await walk(reference.steps, part, new Set([...way, holder]));
    if (!found) {
      const refused = refusal('ref-missing', 'leads to nothing', holder, offsets);
      const isShown = ref.length <= 200 && offsetOf(offsets, part.data)?.source.quotable;
      const meant = isShown ? escapedSteps(reference.steps, part.data) : [];
      if (meant.length === 0) return { errors: [refused] };
      const pointer = `${ref.slice(0, ref.indexOf('#'))}#${meant.map((step) => `/${encodeStep(step)}`).join('')}`;
      return { errors: [{ ...refused, fix: `Write the slash in a name as ~1: \`${pointer}\`.` }] };
    }
    const straight = found.through ? found.straight : written;
    const link = { ...found, straight, ref: written.startsWith('#/channels/') ? written : straight };
    links.set(holder, link);
    return link;
  }

  async function walk(
    steps: readonly string[],
    start: BundledFile,
    way: ReadonlySet<TreeObject>,
  ): Promise<(Omit<Link, 'ref'> & { readonly through: boolean }) | undefined> {
    let part = start;
    let straight = start.base;
    let target: Tree = start.data;
    let through = false;
    for (const step of steps) {
      let next = memberOf(target, step);
      while (next === undefined) {
        if (!isObject(target) || !Object.hasOwn(target, '$ref')) return undefined;
        if (way.has(target) || way.size > limits.depth) return undefined;
        const link: Link | Refused = await follow(target, part, way);
        if ('errors' in link) return undefined;
        ({ target, part, straight } = link);
        through = true;
        next = memberOf(target, step);
      }
      target = next;
      straight += `/${encodeStep(step)}`;
    }
    return { target, part, straight, through };
  }

  async function openFor(
    reference: Exclude<Reference, { kind: 'refused' }>,
    holder: TreeObject,
    from: BundledFile,
  ): Promise<BundledFile | Refused> {
    if (reference.kind === 'inside') return from;
    const refuse = (code: Code, reason: string): Refused => ({
      errors: [refusal(code, reason, holder, offsets)],
    });
    if (otherLanguages.test(reference.path))
      return refuse('schema-format-unsupported', 'names a file in another schema language');
    try {
      const opened = await parts.open(reference.path, from);
      if ('refused' in opened) return refuse(opened.refused.code, opened.refused.reason);
      if (opened === parts.root || !Object.hasOwn(parts.root.data, externalFiles)) return opened;
      return refuse('ref-shelf-taken', `brings in a file, which would stand under \`${externalFiles}\``);
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      return { errors: error.diagnostics.map((each) => atReference(each, holder, offsets)) };
    }
  }

  return (holder, from) => follow(holder, from, new Set());
}

/**
 * The steps that a pointer means whose author left a slash in a name as it is, `/messages/hall/opened` for
 * `/messages/hall~1opened`; empty where no name explains it.
 */
function escapedSteps(steps: readonly string[], node: Tree): readonly string[] {
  if (steps.length === 0) return [];
  for (let count = 1; count <= steps.length; count += 1) {
    const name = steps.slice(0, count).join('/');
    const next = memberOf(node, name);
    if (next === undefined) continue;
    if (count === steps.length) return [name];
    const rest = escapedSteps(steps.slice(count), next);
    if (rest.length > 0) return [name, ...rest];
  }
  return [];
}

/** Files of Avro, Protobuf, RAML and XML Schema: some of them read as YAML, and mean nothing then. */
const otherLanguages = /\.(?:avdl|avpr|avsc|proto|raml|xsd)$/i;

/** A finding about a reference, at its text. */
export function refusal(code: Code, reason: string, holder: TreeObject, offsets: Offsets): Diagnostic {
  const start = offsetOf(offsets, holder, '$ref') ?? offsetOf(offsets, holder);
  const ref = holder['$ref'];
  const quotable = typeof ref === 'string' && (start?.source.quotable ?? false);
  const shown = quotable ? ` \`${printable(ref.slice(0, 120))}\`` : '';
  return finding(code, `The reference${shown} ${reason}.`, start);
}

/** A finding about a file as a whole is shown where the file is named. */
function atReference(found: Diagnostic, holder: TreeObject, offsets: Offsets): Diagnostic {
  return found.position ? found : finding(found.code, found.message, offsetOf(offsets, holder, '$ref'));
}
