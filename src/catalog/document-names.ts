import type { Channel } from '../model/channel.js';
import type { Document } from '../model/document.js';

/**
 * Names documents whose files are called alike by as much of their paths as tells them apart: `a/shop.yaml` and
 * `b/shop.yaml`. By its name a document is cited, and by it what two documents call alike stays two things.
 */
export function nameApart(channels: readonly Channel[]): readonly Channel[] {
  const documents = [...new Set(channels.map(({ document }) => document))];
  const renamed = new Map<Document, Document>();
  for (const document of documents) {
    const others = documents.filter((other) => other !== document && other.name === document.name);
    if (others.length > 0) renamed.set(document, { ...document, name: shortest(document, others) });
  }
  if (renamed.size === 0) return channels;
  return channels.map((channel) => ({
    ...channel,
    document: renamed.get(channel.document) ?? channel.document,
  }));
}

function shortest(document: Document, others: readonly Document[]): string {
  const steps = stepsOf(document);
  for (let count = 2; count <= steps.length; count += 1) {
    const name = steps.slice(-count).join('/');
    if (others.every((other) => stepsOf(other).slice(-count).join('/') !== name)) return name;
  }
  return steps.join('/');
}

function stepsOf({ inputs, file }: Document): readonly string[] {
  return (inputs[0]?.path ?? file).split(/[\\/]/);
}
