import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** The pages for users, by path: the README and everything in docs/. */
export const pages: ReadonlyMap<string, string> = new Map(
  ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].map(
    (path) => [path, readFileSync(join(root, path), 'utf8')] as const,
  ),
);

/** A block of code on a page. */
export interface Block {
  readonly page: string;
  /** What the comment above it says, `<!-- example: server.ts -->`: how it is tested, and the rest. Empty without a comment. */
  readonly kind: string;
  readonly subject: string;
  readonly language: string;
  readonly text: string;
}

export const blocks: readonly Block[] = [...pages].flatMap(([page, markdown]) =>
  [...markdown.matchAll(/(?:^<!-- (\w+)(?:: (.+?))? -->\n)?^```(\w*)\n([^]*?)^```$/gm)].map(
    ([, kind = '', subject = '', language = '', text = '']) => ({ page, kind, subject, language, text }),
  ),
);

/** The blocks that are tested in one way. */
export function blocksOf(kind: string): readonly Block[] {
  return blocks.filter((block) => block.kind === kind);
}

/** The one block of a kind, on a subject. */
export function blockOf(kind: string, subject = ''): Block {
  const [block, ...others] = blocksOf(kind).filter((each) => each.subject === subject);
  if (block === undefined || others.length > 0)
    throw new Error(`the pages have ${others.length + (block ? 1 : 0)} blocks <!-- ${kind}: ${subject} -->`);
  return block;
}
