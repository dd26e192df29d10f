import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'vitest';

const compiler = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc');

test('the types of better-sqlite3, BullMQ and pg-boss fit', () => {
  execFileSync(process.execPath, [compiler, '--noEmit', '-p', import.meta.dirname], { stdio: 'inherit' });
});
