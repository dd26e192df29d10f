import { Rejected, type Diagnostic, type Report } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { cycles } from './cycle.js';
import { createFollow, refusal, type Link } from './follow.js';
import { limits } from './limits.js';
import { positionOf, offsetOf, type Offsets } from './offsets.js';
import { externalFiles } from '../model/document.js';
import type { BundledFile, BundledFiles } from './bundled-file.js';
import { classifyRef } from './reference.js';
import { lookalikes, references, type Found } from './references.js';
import { finding } from './rejection.js';
import { newObject, type Tree, type TreeObject } from './tree.js';

/**
 * Follows every reference of a document and makes one document of all it leads to: the files beside it stand under
 * `x-external`, and every `$ref` points inside. Objects stay the same ones, so that their places stay known.
 *
 * @param parts its root is changed in place
 * @param report gets a warning for a reference that stands in data, where it is not followed
 * @returns the objects whose `$ref` is data
 * @throws Rejected with the references that are refused, lead nowhere or go in circles.
 */
export async function bundle(
  parts: BundledFiles,
  offsets: Offsets,
  report: Report,
): Promise<ReadonlySet<TreeObject>> {
  const { links, errors, quoted, warnings } = await followAll(parts, offsets);
  const targets = new Map([...links].map(([holder, { target }]) => [holder, target]));
  const circles = [...cycles(targets)].map((circle) => circular(circle, offsets));
  if (errors.length + circles.length > 0) throw new Rejected(...errors, ...circles);

  warnings.forEach(report);
  for (const [holder, { ref }] of links) holder['$ref'] = ref;
  if (parts.beside.size === 0) return quoted;
  const external = newObject();
  for (const key of [...parts.beside.keys()].sort()) external[key] = parts.beside.get(key)?.data ?? null;
  parts.root.data[externalFiles] = external;
  return quoted;
}

interface Followed {
  readonly links: ReadonlyMap<TreeObject, Link>;
  readonly errors: readonly Diagnostic[];
  /** Objects in data whose `$ref` is no reference. */
  readonly quoted: ReadonlySet<TreeObject>;
  readonly warnings: readonly Diagnostic[];
}

async function followAll(parts: BundledFiles, offsets: Offsets): Promise<Followed> {
  const follow = createFollow(parts, offsets);
  const links = new Map<TreeObject, Link>();
  const errors: Diagnostic[] = [];
  const visited = new Set<object>();
  const quoted = new Set<TreeObject>();
  const warnings: Diagnostic[] = [];
  const data: Extract<Found, { kind: 'data' }>[] = [];
  const pending: { readonly node: Tree; readonly part: BundledFile }[] = [
    { node: parts.root.data, part: parts.root },
  ];
  for (const { node, part } of pending) {
    for (const found of references(node, visited)) {
      if (errors.length >= limits.errors) return { links, errors, quoted, warnings };
      if (found.kind === 'data') {
        data.push(found);
        continue;
      }
      if (found.kind === 'text') {
        const reason = `stands for a ${found.key}, and a ${found.key} is text`;
        errors.push(refusal('ref-in-text', reason, found.holder, offsets));
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
  for (const { value, extension } of data) {
    for (const holder of lookalikes(value, visited)) {
      quoted.add(holder);
      const { $ref: ref } = holder;
      const isWorthSaying = !extension && typeof ref === 'string' && classifyRef(ref).kind !== 'inside';
      if (isWorthSaying && warnings.length < limits.errors)
        warnings.push(refusal('ref-in-data', 'stands in data, where it is not followed', holder, offsets));
    }
  }
  return { links, errors, quoted, warnings };
}

function circular(circle: readonly TreeObject[], offsets: Offsets): Diagnostic {
  const refs = circle.map((each) => printable(String(each['$ref']).slice(0, 120)));
  const starts = circle.map((each) => offsetOf(offsets, each, '$ref'));
  const isShown = starts.every((start) => start?.source.quotable);
  const shown = isShown ? `: ${[refs.at(-1), ...refs].join(' → ')}` : '';
  const steps = starts.flatMap((start, index) =>
    start ? [{ message: isShown ? (refs[index] ?? '') : 'a reference', position: positionOf(start) }] : [],
  );
  const cycle = finding('ref-cycle', `These references lead only to each other${shown}.`, starts[0]);
  return { ...cycle, steps };
}
