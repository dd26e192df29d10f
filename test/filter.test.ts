import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { check, generate } from '../src/app/generate.js';

const folder = mkdtempSync(join(tmpdir(), 'freshworks-gen-filter-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('what --products leaves out is neither reported as gone nor written anew later', async () => {
  const out = join(folder, 'events');
  await generate({ out });
  // The user keeps one handler elsewhere.
  const handlers = join(out, 'handlers/freshdesk.ts');
  const kept = readFileSync(handlers, 'utf8').replace(
    /\/\*\*(?:(?!\/\*\*)[^])*onFreshdeskTicketUpdated: [^;]*;\n/,
    '',
  );
  expect(kept).not.toContain('onFreshdeskTicketUpdated');
  writeFileSync(handlers, kept);

  const filtered = await generate({ out, products: ['freshchat'] });
  expect(filtered.diagnostics.map(({ code }) => code)).not.toContain('handler-orphaned');
  const leftOut = ({ diagnostics }: typeof filtered) =>
    diagnostics
      .filter(({ code }) => code === 'handler-left-out')
      .map(({ position }) => `${basename(position?.file ?? '')}:${position?.line}`);
  const files = ['freshdesk.ts', 'freshservice.ts', 'helpdesk.ts', 'whatsapp.ts'];
  expect(leftOut(filtered).map((place) => place.replace(/:\d+$/, ''))).toEqual(files);
  // As long as they are there, since they do not compile.
  expect(leftOut(await check({ out }))).toEqual(leftOut(filtered));
  await generate({ out, replay: false });
  expect(readFileSync(handlers, 'utf8')).toBe(kept);
});
