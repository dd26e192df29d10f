import { once } from 'node:events';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { filesBelow, installed, newProject, out, readText, run, start, writeText } from './project.js';

/** A name that no file system takes. */
const tooLong = 'x'.repeat(300);
const notADocument = 'openapi: 3.1.0\ninfo: { title: Other, version: "1" }\n';

describe('exit codes', () => {
  const rows: readonly [exitCode: number, args: string, when?: (project: string) => void][] = [
    [0, `generate --out ${out}`],
    [0, `check --out ${out}`],
    [0, 'list'],
    [0, 'validate'],
    [1, `generate --out ${tooLong}`],
    [1, `check --out ${tooLong}`],
    [2, ''],
    [2, 'generate'],
    [2, 'generte'],
    [2, `generate --out ${out} --colour`],
    [2, `generate --out ${out} --spec absent.yaml`],
    [2, 'generate --out /'],
    [2, `generate --out ${out}`, (project) => writeText('// by hand\n', project, out, 'events.ts')],
    [3, 'validate --spec other.yaml'],
    [3, `generate --out ${out} --spec other.yaml`],
    [3, `check --out ${out} --spec other.yaml`],
    [4, `check --out ${out}`, (project) => writeText('// by hand\n', project, out, 'events.ts')],
  ];

  test.each(rows)('%i from `%s`', (exitCode, args, arrange) => {
    const project = newProject();
    writeText(notADocument, project, 'other.yaml');
    arrange?.(project);
    const before = filesBelow(project);
    const outcome = run(
      project,
      args.split(' ').filter((arg) => arg !== ''),
    );
    expect(outcome, outcome.stderr).toMatchObject({ exitCode });
    expect(outcome.stderr).not.toMatch(/^ +at .*\.js:\d+/m);
    expect(filesBelow(project)).toEqual(before);
  });

  test('are printed by --help', () => {
    const { stdout } = run(newProject({ kit: false }), ['--help']);
    for (const code of [0, 1, 2, 3, 4, 5]) expect(stdout).toMatch(new RegExp(`^  ${code}  \\w`, 'm'));
  });
});

describe('--json', () => {
  const rows: readonly [args: string, ok: boolean][] = [
    [`generate --out ${out} --json`, true],
    [`generate --out ${out} --dry-run --json`, true],
    [`check --out ${out} --json`, true],
    ['list --json', true],
    ['validate --json', true],
    [`generate --out ${out} --spec other.yaml --json`, false],
    ['validate --spec absent.yaml --json', false],
  ];

  test.each(rows)('`%s` prints one document', (args, ok) => {
    const project = newProject();
    writeText(notADocument, project, 'other.yaml');
    const { stdout, exitCode } = run(project, args.split(' '));
    const document = JSON.parse(stdout) as {
      schemaVersion: number;
      diagnostics: { code: string; fix: string }[];
    };
    expect(document).toMatchObject({ schemaVersion: 1, ok, exitCode });
    expect(document.diagnostics.length > 0).toBe(!ok);
    for (const { code, fix } of document.diagnostics)
      expect([code, fix]).toEqual([expect.stringMatching(/^[a-z-]+$/), expect.any(String)]);
  });
});

test('a rejected document is shown with its place and what to do', () => {
  const project = newProject({ kit: false });
  const text = readText(installed, 'specs/whatsapp.asyncapi.yaml').replace(
    /\$ref: .*/,
    "$ref: '#/components/absent'",
  );
  writeText(text, project, 'mine.yaml');
  const { exitCode, stderr, stdout } = run(project, ['validate', '--spec', 'mine.yaml']);
  const line = text.slice(0, text.indexOf("$ref: '#/components/absent'")).split('\n').length;
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  expect(stderr).toContain(`at mine.yaml:${line}:`);
  expect(stderr).toMatch(new RegExp(`^ *> ${line} \\|.*absent`, 'm'));
  expect(stderr).toMatch(/^ +fix: \w/m);
});

test('--dry-run prints a diff and writes nothing', () => {
  const project = newProject();
  const before = filesBelow(project);
  const { exitCode, stdout } = run(project, ['generate', '--out', out, '--literal', '--dry-run']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^--- a\/payloads\/freshdesk\.ts\n\+\+\+ b\/payloads\/freshdesk\.ts\n@@ /m);
  expect(filesBelow(project)).toEqual(before);
});

test('list prints a table of the events', () => {
  const { stdout, stderr } = run(newProject({ kit: false }), ['list']);
  expect(stdout.trimEnd().split('\n')).toHaveLength(15);
  expect(stderr).toBe('');
});

describe('colour', () => {
  const args = ['validate', '--spec', 'absent.yaml'];
  const escape = '\u001b[';

  test('is printed where it is forced, and not where NO_COLOR is set as well', () => {
    const project = newProject({ kit: false });
    expect(run(project, args, { env: { NO_COLOR: undefined, FORCE_COLOR: '1' } }).stderr).toContain(escape);
    expect(run(project, args, { env: { NO_COLOR: '1', FORCE_COLOR: '1' } }).stderr).not.toContain(escape);
    expect(run(project, args, { env: { NO_COLOR: undefined } }).stderr).not.toContain(escape);
  });
});

test.each<[string, NodeJS.ProcessEnv]>([
  ['40 columns', { COLUMNS: '40' }],
  ['a terminal without abilities', { TERM: 'dumb' }],
  ['no terminal at all', { TERM: undefined }],
])('%s change nothing of what is printed', (_, env) => {
  const project = newProject({ kit: false });
  for (const args of ['--help', 'list', 'validate --spec absent.yaml'])
    expect(run(project, args.split(' '), { env })).toEqual(run(project, args.split(' ')));
});

test('a reader that closes stdout early is no error', async () => {
  const project = newProject({ kit: false });
  const child = start(project, ['list', '--json']);
  child.stdout.destroy();
  const stderr: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
  const [exitCode] = (await once(child, 'close')) as [number];
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: [] });
});

describe('the same bytes', () => {
  const shuffled: readonly [name: string, env: NodeJS.ProcessEnv, cwd: string][] = [
    ['in Turkish', { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }, '.'],
    ['in another zone', { TZ: 'Pacific/Chatham' }, '.'],
    ['from another folder', {}, 'src'],
  ];

  test.each(shuffled)('%s', (_, env, cwd) => {
    const project = newProject();
    const expected = filesBelow(join(project, out));
    mkdirSync(join(project, 'again/src'), { recursive: true });
    const { exitCode } = run(
      join(project, 'again', cwd),
      ['generate', '--out', cwd === '.' ? out : 'events'],
      { env },
    );
    expect(exitCode).toBe(0);
    expect(filesBelow(join(project, 'again', out))).toEqual(expected);
  });

  const documents = ['freshworks.asyncapi.yaml', 'helpdesk.asyncapi.yaml', 'whatsapp.asyncapi.yaml'];
  const generated = (change: (text: string) => string) => {
    const project = newProject({ kit: false });
    for (const name of documents) writeText(change(readText(installed, 'specs', name)), project, name);
    const specs = documents.flatMap((name) => ['--spec', name]);
    expect(run(project, ['generate', '--out', out, ...specs])).toMatchObject({ exitCode: 0 });
    return filesBelow(join(project, out));
  };

  test('from documents that were checked out with CRLF, the manifest included', () => {
    expect(generated((text) => text.replaceAll('\n', '\r\n'))).toEqual(generated((text) => text));
  });

  test('from documents with their keys in another order, but for the hashes of the documents', () => {
    const backwards = generated((text) => JSON.stringify(parse(text), reversed));
    const forwards = generated((text) => text);
    for (const kit of [backwards, forwards]) kit.delete('.freshworks-gen.json');
    expect(backwards).toEqual(forwards);
  });
});

/** A replacer that turns the keys of objects round. Examples are shown as they are written. */
function reversed(key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || key === 'examples') return value;
  return Object.fromEntries(Object.entries(value).reverse());
}

describe('whoever reads the output, the exit code says how the run went', () => {
  const command = `node '${join(installed, 'bin/freshworks-gen.js')}'`;
  const rows: readonly [line: string, exitCode: number][] = [
    [`${command} list --json | head -1`, 0],
    [`${command} check --out ${out} | head -1`, 4],
    [`${command} check --out ${out} | true`, 4],
    [`${command} check --out ${out} 2>&1 | true`, 4],
    [`${command} generate --out ${out} --literal --dry-run | true`, 0],
    [`${command} generate --out ${out} --literal --json 2>&1 | true`, 0],
    [`${command} check --out ${out} >&- 2>&-`, 4],
    [`${command} list > /dev/full`, 1],
    [`${command} check --out ${out} > /dev/full`, 1],
    [`COLUMNS=40 TERM=dumb ${command} check --out ${out} > /dev/null`, 4],
  ];

  test.each(rows)('of `%s`', (line, exitCode) => {
    const project = newProject();
    rmSync(join(project, out, 'validators'), { recursive: true });
    const script = `${line.replace('node ', `'${process.execPath}' `)}; echo "exit \${PIPESTATUS[0]}" >&2`;
    const { stderr } = spawnSync('bash', ['-c', script], { cwd: project, encoding: 'utf8' });
    expect(stderr).toMatch(new RegExp(`exit ${exitCode}\n$`));
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test.for(['dumb', 'xterm-256color'])('on a terminal of 40 columns that is %s', (TERM, context) => {
    const project = newProject();
    rmSync(join(project, out, 'runtime/fields.ts'));
    const line = `stty cols 40; ${command.replace('node', process.execPath)} check --out ${out}`;
    const env = { ...process.env, TERM, NO_COLOR: undefined, FORCE_COLOR: undefined };
    const { status, stdout, error } = spawnSync('script', ['-qec', line, '/dev/null'], {
      cwd: project,
      encoding: 'utf8',
      env,
      input: '',
    });
    if (error) return context.skip('needs the command `script`');
    expect(status).toBe(4);
    expect(stdout).toMatch(/missing .*runtime\/fields\.ts/);
    expect(stdout.includes('\u001b[')).toBe(TERM !== 'dumb');
  });
});
