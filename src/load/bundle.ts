import { Rejected, type Diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { cycles } from './cycle.js';
import { createFollow, refusal, type Link } from './follow.js';
import { limits } from './limits.js';
import { spotOf, type Origins } from './origins.js';
import { shelf, type Part, type Parts } from './part.js';
import { judge } from './reference.js';
import { lookalikes, references } from './references.js';
import { finding } from './rejection.js';
import { newObject, type Tree, type TreeObject } from './tree.js';

/**
 * Follows every reference of a document and makes one document of all it leads to: the files beside it stand under
 * `x-external`, and every `$ref` points inside. Objects stay the same ones, so that their places stay known.
 *
 * @param parts its root is changed in place
 * @throws Rejected with the references that are refused, lead nowhere or go in circles.
 */
export async function bundle(parts: Parts, origins: Origins): Promise<void> {
  const { links, errors } = await followAll(parts, origins);
  const targets = new Map([...links].map(([holder, { target }]) => [holder, target]));
  const circles = [...cycles(targets)].map((circle) => circular(circle, origins));
  if (errors.length + circles.length > 0) throw new Rejected(...errors, ...circles);

  for (const [holder, { ref }] of links) holder['$ref'] = ref;
  if (parts.beside.size === 0) return;
  const external = newObject();
  for (const key of [...parts.beside.keys()].sort()) external[key] = parts.beside.get(key)?.data ?? null;
  parts.root.data[shelf] = external;
}

interface Followed {
  readonly links: ReadonlyMap<TreeObject, Link>;
  readonly errors: readonly Diagnostic[];
}

async function followAll(parts: Parts, origins: Origins): Promise<Followed> {
  const follow = createFollow(parts, origins);
  const links = new Map<TreeObject, Link>();
  const errors: Diagnostic[] = [];
  const visited = new Set<object>();
  const data: Tree[] = [];
  const pending: { readonly node: Tree; readonly part: Part }[] = [
    { node: parts.root.data, part: parts.root },
  ];
  for (const { node, part } of pending) {
    for (const found of references(node, visited)) {
      if (errors.length >= limits.errors) return { links, errors };
      if (found.kind === 'data') {
        data.push(found.value);
        continue;
      }
      const link = await follow(found.holder, part);
      if ('errors' in link) {
        errors.push(...link.errors);
      } else {
        links.set(found.holder, link);
        // What is referred to is no data, wherever it stands; and the rest of its file is in the document as well.
        pending.push({ node: link.target, part: link.part }, { node: link.part.data, part: link.part });
      }
    }
  }
  for (const value of data) {
    for (const holder of lookalikes(value, visited)) errors.push(...refuseLookalike(holder, origins));
  }
  return { links, errors };
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
  const way = [...circle.slice(-1), ...circle].map((each) => printable(String(each['$ref']).slice(0, 120)));
  const spot = first && spotOf(origins, first, '$ref');
  const shown = spot?.source.quotable ? `: ${way.join(' → ')}` : '';
  return finding('ref-cycle', `These references lead only to each other${shown}.`, spot);
}
