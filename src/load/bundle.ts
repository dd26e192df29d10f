import type { Code } from '../diagnostics/catalogue.js';
import { Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { cycles } from './cycle.js';
import { limits } from './limits.js';
import { spotOf, type Origins } from './origins.js';
import { shelf, type Part, type Parts } from './part.js';
import { valueAt } from './pointer.js';
import { judge } from './reference.js';
import { lookalikes, references } from './references.js';
import { finding } from './rejection.js';
import { newObject, type Tree, type TreeObject } from './tree.js';

/** What a followed reference leads to, and how it reads in the finished document. */
interface Link {
  readonly target: Tree;
  readonly part: Part;
  readonly ref: string;
}

/**
 * Follows every reference of a document and makes one document of all it leads to: the files beside it stand under
 * `x-external`, and every `$ref` points inside. Objects stay the same ones, so that their places stay known.
 *
 * @param parts its root is changed in place
 * @throws Rejected with the references that are refused, lead nowhere or go in circles.
 */
export async function bundle(parts: Parts, origins: Origins): Promise<void> {
  const errors: Diagnostic[] = [];
  const links = await followAll(parts, origins, errors);
  const targets = new Map([...links].map(([holder, { target }]) => [holder, target]));
  for (const circle of cycles(targets)) errors.push(circular(circle, origins));
  if (errors.length > 0) throw new Rejected(...errors);

  for (const [holder, { ref }] of links) holder['$ref'] = ref;
  if (parts.beside.size === 0) return;
  const external = newObject();
  const keys = [...parts.beside.keys()].sort();
  for (const key of keys) external[key] = parts.beside.get(key)?.data ?? null;
  parts.root.data[shelf] = external;
}

async function followAll(
  parts: Parts,
  origins: Origins,
  errors: Diagnostic[],
): Promise<ReadonlyMap<TreeObject, Link>> {
  const links = new Map<TreeObject, Link>();
  const visited = new Set<object>();
  const data: Tree[] = [];
  const pending: { readonly node: Tree; readonly part: Part }[] = [
    { node: parts.root.data, part: parts.root },
  ];
  for (const { node, part } of pending) {
    for (const found of references(node, visited)) {
      if (errors.length >= limits.errors) return links;
      if (found.kind === 'data') {
        data.push(found.value);
        continue;
      }
      const link = await follow(found.holder, part, parts, origins);
      if ('target' in link) {
        links.set(found.holder, link);
        // What is referred to is no data, wherever it stands; and the rest of its file is in the document as well.
        pending.push({ node: link.target, part: link.part }, { node: link.part.data, part: link.part });
      } else {
        errors.push(...link.errors);
      }
    }
  }
  for (const value of data) {
    for (const holder of lookalikes(value, visited)) errors.push(...refuseLookalike(holder, origins));
  }
  return links;
}

async function follow(
  holder: TreeObject,
  from: Part,
  parts: Parts,
  origins: Origins,
): Promise<Link | { readonly errors: readonly Diagnostic[] }> {
  const refuse = (code: Code, reason: string) => ({ errors: [refusal(code, reason, holder, origins)] });
  const ref = holder['$ref'];
  if (typeof ref !== 'string') return refuse('ref-not-text', 'is not text');
  const reference = judge(ref);
  if (reference.kind === 'refused') return refuse(reference.code, reference.reason);
  let part: Part = from;
  if (reference.kind === 'file') {
    try {
      const opened = await parts.open(reference.path, from);
      if ('refused' in opened) return refuse(opened.refused.code, opened.refused.reason);
      if (opened !== parts.root && Object.hasOwn(parts.root.data, shelf)) {
        return refuse('ref-shelf-taken', `brings in a file, which would stand under \`${shelf}\``);
      }
      part = opened;
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      return { errors: error.diagnostics.map((each) => atReference(each, holder, origins)) };
    }
  }
  const target = valueAt(part.data, reference.steps);
  if (target === undefined) return refuse('ref-missing', 'leads to nothing');
  return { target, part, ref: part.base + reference.fragment };
}

/** A finding about a file as a whole is shown where the file is named. */
function atReference(found: Diagnostic, holder: TreeObject, origins: Origins): Diagnostic {
  return found.position ? found : finding(found.code, found.message, spotOf(origins, holder, '$ref'));
}

/** Inside data, `$ref` is no reference; but tools that read the document would follow one that leads out of it. */
function refuseLookalike(holder: TreeObject, origins: Origins): readonly Diagnostic[] {
  const reference = judge(String(holder['$ref']));
  if (reference.kind === 'inside') return [];
  if (reference.kind === 'refused' && reference.code !== 'ref-malformed') {
    return [refusal(reference.code, reference.reason, holder, origins)];
  }
  return [refusal('ref-in-data', 'stands in data, where it is not followed', holder, origins)];
}

function circular(circle: readonly TreeObject[], origins: Origins): Diagnostic {
  const [first] = circle;
  const way = [circle.at(-1), ...circle].map((holder) => printable(String(holder?.['$ref']).slice(0, 120)));
  const spot = first && spotOf(origins, first, '$ref');
  const shown = spot?.source.quotable ? `: ${way.join(' → ')}` : '';
  return finding('ref-cycle', `These references lead only to each other${shown}.`, spot);
}

function refusal(code: Code, reason: string, holder: TreeObject, origins: Origins): Diagnostic {
  const spot = spotOf(origins, holder, '$ref') ?? spotOf(origins, holder);
  const ref = holder['$ref'];
  const quotable = typeof ref === 'string' && (spot?.source.quotable ?? false);
  const shown = quotable ? ` \`${printable(ref.slice(0, 120))}\`` : '';
  return finding(code, `The reference${shown} ${reason}.`, spot);
}
