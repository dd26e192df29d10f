import type { KitAnswers } from './answers.js';
import { scalar } from './yaml.js';

export const configurationName = 'freshworks-gen.config.yaml';

/** The text of a configuration: what differs from a default, and `out`. */
export function configurationText({
  out,
  spec,
  overlay,
  refRoot,
  literal,
  products,
  handlers,
  adapters,
  inbox,
  clients,
}: KitAnswers): string {
  const lines = [
    '# yaml-language-server: $schema=./node_modules/freshworks-gen/config.schema.json',
    "# What `freshworks-gen` generates. Paths start at this file's folder.",
    `out: ${scalar(out)}`,
  ];
  if (spec.length > 0)
    lines.push(
      '',
      '# In place of the documents that come with the program, which the word `shipped` keeps.',
      'spec:',
      ...listed(spec),
    );
  if (overlay.length > 0) lines.push('', 'overlay:', ...listed(overlay));
  if (refRoot !== undefined) lines.push('', `refRoot: ${scalar(refRoot)}`);
  if (literal) lines.push('', 'literal: true');
  if (products !== undefined) lines.push('', 'products:', ...listed(products));
  if (!handlers) lines.push('', 'handlers: false');
  if (adapters.length === 0) lines.push('', 'adapters: []');
  else if (adapters.join() !== 'node') lines.push('', 'adapters:', ...listed(adapters));
  if (inbox.length > 0) lines.push('', 'inbox:', ...listed(inbox));
  if (clients.length > 0) lines.push('', 'clients:', ...listed(clients));
  return `${lines.join('\n')}\n`;
}

function listed(texts: readonly string[]): readonly string[] {
  return texts.map(
    (text) => `  - ${/^(?!(?:true|false|null)$)[a-z][a-z0-9-]*$/.test(text) ? text : scalar(text)}`,
  );
}
