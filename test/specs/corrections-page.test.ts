import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { corrections, delivery } from './shipped.js';

interface Action {
  readonly target: string;
  readonly description: string;
  readonly 'x-source': string;
  readonly 'x-grade': string;
}

/* `vitest -u` writes the page anew after a change to an overlay. */
test('the page on corrections lists every action of the overlays', async () => {
  await expect(page()).toMatchFileSnapshot(
    fileURLToPath(new URL('../../docs/corrections.md', import.meta.url)),
  );
});

function page(): string {
  return `# What is corrected, and why

The published AsyncAPI document of Freshworks webhooks, which is API Evangelist's and not the vendor's, and the deliveries
seen in the field disagree. Corrections ship
beside the document, in \`specs/freshworks.corrections.overlay.yaml\`, and are on by default; \`--literal\` leaves them out.
They only widen: what is built from the document's own properties and satisfies it satisfies the corrected document too.
Your own changes, custom fields above all, go into an overlay of your own (\`--overlay\`).

Each row names its source and how sure it is: **V** a page or repository of the vendor says so, **R** independent public
receivers or fixtures agree, **M** measured on deliveries, **1** one third-party source only, **seed** stated in integration
notes alone, **judgement** a conclusion. Places are JSONPath below \`components/schemas\`.

## Corrections

${table(corrections, (action) => !structural(action))}

## Structure

Before that, shapes that occur in several places move into components of their own. This says nothing about deliveries.

${table(corrections, structural)}

## Delivery facts

What the document leaves out and a receiver needs, from \`specs/freshworks.delivery.overlay.yaml\`. These are always on.

${table(delivery, () => true)}
`;
}

function structural(action: Action): boolean {
  return action['x-source'] === 'structure only';
}

function table(overlay: string, which: (action: Action) => boolean): string {
  const { actions } = parse(readFileSync(overlay, 'utf8')) as { readonly actions: readonly Action[] };
  const rows = actions
    .filter(which)
    .map(
      (action) =>
        `| \`${cell(place(action.target))}\` | ${cell(action.description)} | ${action['x-grade']} | ${cell(action['x-source'])} |`,
    );
  return ['| where | what and why | grade | source |', '|---|---|---|---|', ...rows].join('\n');
}

function place(target: string): string {
  return target.replace('$.components.schemas', '').replace(/^\./, '') || 'schemas';
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
