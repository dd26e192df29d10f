import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A git repository in a folder of its own, which goes when the test ends. */
export interface Repository {
  readonly root: string;
  /** Writes files and commits all there is. */
  commit(files: Readonly<Record<string, string>>, branch?: string): void;
  link(path: string, target: string): void;
  git(...args: readonly string[]): string;
}

export function newRepository(): Repository {
  const root = newFolder();
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com', ...args], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  git('init', '--quiet', '--initial-branch=main');
  return {
    root,
    git,
    commit(files, branch) {
      write(root, files);
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', 'Change the documents');
      if (branch !== undefined) git('branch', branch);
    },
    link(path, target) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      symlinkSync(target, join(root, path));
    },
  };
}

/** A new folder by its real path. */
export function newFolder(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'diff-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

export function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

/** A small document, whose order has these fields. */
export function shop(fields: Readonly<Record<string, unknown>> | string): string {
  const order =
    typeof fields === 'string' ? { $ref: fields } : { type: 'object', required: ['id'], properties: fields };
  return JSON.stringify(
    {
      asyncapi: '2.6.0',
      info: { title: 'Shop', version: '1.0.0' },
      channels: {
        '/shop/order-placed': {
          publish: {
            operationId: 'onOrderPlaced',
            message: { name: 'Order', payload: { $ref: '#/components/schemas/Order' } },
          },
        },
      },
      components: { schemas: { Order: order } },
    },
    undefined,
    2,
  );
}
