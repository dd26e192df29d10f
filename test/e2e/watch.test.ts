import { once } from 'node:events';
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { installed, newProject, out, readText, run, start, writeText } from './project.js';

const document = 'freshworks.asyncapi.yaml';

type Watcher = ReturnType<typeof start>;
const running: Watcher[] = [];

afterEach(async () => {
  for (const watcher of running.splice(0)) await ended(watcher);
});

async function ended(watcher: Watcher): Promise<unknown[]> {
  if (watcher.exitCode !== null || watcher.signalCode !== null) return [watcher.exitCode, watcher.signalCode];
  watcher.kill('SIGINT');
  return once(watcher, 'exit');
}

/** A project with documents of its own and a configuration, and a command that watches it. */
async function watched(
  configuration = `out: ${out}\nspec: ${document}\n`,
  name = 'freshworks-gen.config.yaml',
) {
  const project = newProject({ kit: false });
  cpSync(join(installed, 'specs', document), join(project, document));
  writeText(configuration, project, name);
  const watcher = start(project, ['generate', '--watch']);
  running.push(watcher);
  let said = '';
  let heard: () => void = () => undefined;
  for (const stream of [watcher.stdout, watcher.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      heard();
    });
  /** What it says until a line matches. */
  const until = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const match = pattern.exec(said);
      if (match) {
        const end = said.indexOf('\n', match.index + match[0].length) + 1;
        const [text, rest] = [said.slice(0, end), said.slice(end)];
        said = rest;
        return text;
      }
      await new Promise<void>((resolve) => (heard = resolve));
    }
  };
  await until(/^Watching \d+ paths|waiting for a change\.$/m);
  return { project, watcher, until };
}

const written = /^\d\d:\d\d:\d\d src\/events: \d+ files? written, \d+ unchanged\. \(\d+ ms\)$/m;

test('a change of a document is generated, and said in one line', async () => {
  const { project, until } = await watched();
  edit(project, document, 'Name of the assigned group.', 'Who has it.');
  const said = await until(written);
  expect(said.trimEnd().split('\n')).toHaveLength(1);
  expect(readText(project, out, 'payloads/freshdesk.ts')).toContain('Who has it.');
  expect(run(project, ['check'])).toMatchObject({ exitCode: 0 });
});

test('so is a change that an editor makes by putting another file in its place', async () => {
  const { project, until } = await watched();
  const path = join(project, document);
  const text = readFileSync(path, 'utf8').replace('Name of the assigned group.', 'Who has it.');
  writeFileSync(`${path}~`, text);
  renameSync(`${path}~`, path);
  await until(written);
  expect(readText(project, out, 'payloads/freshdesk.ts')).toContain('Who has it.');
});

test('an error is said where it is, nothing is written, and the next change is taken', async () => {
  const { project, until } = await watched();
  const before = readText(project, out, 'payloads/freshdesk.ts');
  const sound = readText(project, document);
  edit(project, document, 'type: object', 'type: objet');
  const said = await until(/^\d\d:\d\d:\d\d Nothing was written; waiting for a change\.$/m);
  expect(said).toMatch(/^error schema-invalid/m);
  expect(said).toMatch(/^ {2}at freshworks\.asyncapi\.yaml:\d+:\d+$/m);
  expect(readText(project, out, 'payloads/freshdesk.ts')).toBe(before);
  writeText(sound.replace('Name of the assigned group.', 'Who has it.'), project, document);
  await until(written);
  expect(readText(project, out, 'payloads/freshdesk.ts')).toContain('Who has it.');
});

test('a document that goes and comes back is waited for', async () => {
  const { project, until } = await watched();
  const text = readText(project, document);
  rmSync(join(project, document));
  expect(await until(/waiting for a change/)).toContain('file-missing');
  writeText(text, project, document);
  await until(/^\d\d:\d\d:\d\d src\/events is up to date/m);
});

test('an overlay, the configuration and a tsconfig.json that comes are watched as well', async () => {
  const { project, until } = await watched(`out: ${out}\nspec: ${document}\noverlay: ours.yaml\n`);
  expect(run(project, ['check']).exitCode).toBe(2);
  writeText(overlay('First.'), project, 'ours.yaml');
  await until(/^\d\d:\d\d:\d\d src\/events: \d+ files written/m);
  writeText(overlay('Second.'), project, 'ours.yaml');
  await until(written);
  expect(readText(project, out, 'payloads/freshdesk.ts')).toContain('Second.');

  edit(project, 'freshworks-gen.config.yaml', 'overlay: ours.yaml\n', 'literal: true\n');
  await until(written);
  expect(readText(project, out, '.freshworks-gen.json')).toContain('"literal": true');

  writeText('{ "compilerOptions": { "moduleResolution": "bundler" } }', project, 'tsconfig.json');
  await until(written);
  expect(readText(project, out, 'index.ts')).toContain('"./events"');
});

test('two kits are said on one line', async () => {
  const { project, until } = await watched(
    `kits:\n  - { out: ${out}, spec: ${document}, products: freshdesk }\n  - { out: src/chat, spec: ${document}, products: freshchat }\n`,
  );
  edit(project, document, 'Name of the assigned group.', 'Who has it.');
  const said = await until(/ms\)$/m);
  expect(said).toMatch(/src\/events: \d+ files? written, \d+ unchanged\. src\/chat is up to date/);
});

test.each(['mjs', 'ts', 'js'])('a configuration that is a program in .%s is run again', async (ending) => {
  const program = (literal: boolean) =>
    `export default { out: '${out}', spec: '${document}', literal: ${literal} };\n`;
  const { project, until } = await watched(program(false), `freshworks-gen.config.${ending}`);
  writeText(program(true), project, `freshworks-gen.config.${ending}`);
  await until(written);
  expect(readText(project, out, '.freshworks-gen.json')).toContain('"literal": true');
});

test('Ctrl-C ends it, and leaves nothing behind', async () => {
  const { project, watcher } = await watched();
  expect(await ended(watcher)).toEqual([null, 'SIGINT']);
  expect(run(project, ['check'])).toMatchObject({ exitCode: 0 });
});

test.each(['--dry-run', '--json', '--format sarif'])('it cannot be had with %s', (flag) => {
  const { exitCode, stdout, stderr } = run(newProject(), [
    'generate',
    '--out',
    out,
    '--watch',
    ...flag.split(' '),
  ]);
  expect(exitCode).toBe(2);
  expect(stdout + stderr).toContain('usage-option-conflict');
});

function overlay(description: string): string {
  return `overlay: 1.1.0
info: { title: Ours, version: 1.0.0 }
actions:
  - target: $.components.schemas.FreshdeskTicketFields
    update: { description: ${description} }
`;
}

function edit(project: string, path: string, from: string, to: string): void {
  const text = readText(project, path);
  expect(text).toContain(from);
  writeText(text.replace(from, to), project, path);
}
