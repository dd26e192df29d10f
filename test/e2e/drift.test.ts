import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { compile } from './compiler.js';
import { filesBelow, installed, newProject, out, readText, run, start, writeText } from './project.js';

const manifest = '.freshworks-gen.json';

/** The published document with one event more. */
function withOneMore(): string {
  const published = readText(installed, 'specs/freshworks.asyncapi.yaml');
  const channel = `channels:
  /freshdesk/ticket-merged:
    description: Triggered when two tickets become one.
    publish:
      operationId: onFreshdeskTicketMerged
      message:
        $ref: '#/components/messages/FreshdeskTicketEvent'
`;
  return published.replace(/^channels:\n/m, channel);
}

/** Makes every stub a decision, as a user would in the end. */
function decide(project: string): void {
  for (const [path, text] of filesBelow(join(project, out, 'handlers'))) {
    const decided = text
      .replace(/^import \{ unhandled, type Unhandled \}/m, 'import { ignore }')
      .replace(/(?:: Unhandled<[^>]+>)? =\s+unhandled\([^)]+\)/g, ' = ignore');
    writeText(`${decided}\nexport const mine = 'päth ✓';  // kept\n`, project, out, 'handlers', path);
  }
  writeText(
    `import { createReceiver, dangerouslyUnverified, handlers } from './events/index.js';

const verifier = dangerouslyUnverified();
const verify = { freshchat: verifier, freshdesk: verifier, freshservice: verifier, helpdesk: verifier, whatsapp: verifier };
export const receiver = createReceiver({ handlers, verify });
`,
    project,
    'src/server.ts',
  );
}

/** Weakens a validator and makes the manifest agree with it. */
function weaken(project: string): void {
  const path = 'validators/freshchat.ts';
  const weakened = readText(project, out, path).replaceAll('errors++;', '');
  expect(weakened).not.toBe(readText(project, out, path));
  writeText(weakened, project, out, path);
  const recorded = JSON.parse(readText(project, out, manifest)) as { files: Record<string, string> };
  recorded.files[path] = createHash('sha256').update(weakened).digest('hex');
  writeText(`${JSON.stringify(recorded, undefined, 2)}\n`, project, out, manifest);
}

describe('check', () => {
  test('passes on a kit that was just made, and that a user has worked on', () => {
    const project = newProject();
    decide(project);
    expect(run(project, ['check', '--out', out])).toMatchObject({ exitCode: 0 });
  });

  type Drift = readonly [what: string, arrange: (project: string) => void, report: RegExp];
  const drifts: readonly Drift[] = [
    [
      'an edit',
      (project) => writeText('export {};\n', project, out, 'runtime/receiver.ts'),
      /! edited +runtime\/receiver\.ts/,
    ],
    [
      'a deletion',
      (project) => rmSync(join(project, out, 'runtime/fields.ts')),
      /\+ missing +runtime\/fields\.ts/,
    ],
    ['a deleted manifest', (project) => rmSync(join(project, out, manifest)), /out of date/],
    ...['runtime/signatures.js', 'runtime/signatures/index.ts', 'handlers/freshchat.js'].map(
      (path): Drift => [
        `${path} came beside what was remembered to be right`,
        (project) => {
          expect(run(project, ['check', '--out', out])).toMatchObject({ exitCode: 0 });
          mkdirSync(dirname(join(project, out, path)), { recursive: true });
          writeText('export {};\n', project, out, path);
        },
        new RegExp(
          `kit-module-shadowed: src/events/${path.replace(/\/index\.ts$/, '').replaceAll('.', '\\.')} `,
        ),
      ],
    ),
    ['a weakened validator that the manifest agrees with', weaken, /changed +validators\/freshchat\.ts/],
  ];

  test.each(drifts)('exits 4 after %s', (_, arrange, report) => {
    const project = newProject();
    arrange(project);
    const { exitCode, stderr } = run(project, ['check', '--out', out]);
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(report);
  });

  test('exits 4 when the document has changed', () => {
    const project = newProject({ kit: false });
    const specs = ['--spec', 'freshworks.asyncapi.yaml'];
    writeText(readText(installed, 'specs/freshworks.asyncapi.yaml'), project, 'freshworks.asyncapi.yaml');
    expect(run(project, ['generate', '--out', out, ...specs])).toMatchObject({ exitCode: 0 });
    expect(run(project, ['check', '--out', out])).toMatchObject({ exitCode: 0 });
    writeText(withOneMore(), project, 'freshworks.asyncapi.yaml');
    const { exitCode, stdout } = run(project, ['check', '--out', out]);
    expect(exitCode).toBe(4);
    expect(stdout).toMatch(/^\+ {2}["']freshdesk\/ticket-merged["']: \w/m);
  });
});

test('a new event adds its stub, changes no byte of the user, and is a compile error until it is decided', () => {
  const project = newProject();
  decide(project);
  expect(compile(project)).toBe('');
  const before = filesBelow(join(project, out, 'handlers'));

  writeText(withOneMore(), project, 'freshworks.asyncapi.yaml');
  const specs = [
    'freshworks.asyncapi.yaml',
    join(installed, 'specs/helpdesk.asyncapi.yaml'),
    join(installed, 'specs/whatsapp.asyncapi.yaml'),
  ];
  const { exitCode, stderr } = run(project, [
    'generate',
    '--out',
    out,
    ...specs.flatMap((path) => ['--spec', path]),
  ]);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });

  const after = filesBelow(join(project, out, 'handlers'));
  expect([...after.keys()]).toEqual([...before.keys()]);
  for (const [path, text] of after) {
    if (path !== 'freshdesk.ts') expect(text).toBe(before.get(path));
  }
  const grown = after.get('freshdesk.ts') ?? '';
  expect(grown).toMatch(
    /^export const onFreshdeskTicketMerged: Unhandled<[^>]+> =\s+unhandled\(\s*['"]freshdesk\/ticket-merged['"]/m,
  );
  // The stub needs one import; all else that was there is still there, in one piece.
  const body = (before.get('freshdesk.ts') ?? '').replace(/^import .*\n/, '');
  expect(grown).toContain(body);

  const errors = compile(project);
  expect(errors).toMatch(/^src\/server\.ts\(5,\d+\): error TS2322/m);
  expect(errors).toContain('freshdesk/ticket-merged');
  expect(errors.match(/error TS/g)).toHaveLength(1);
});

describe('a run that is killed', () => {
  let next: Map<string, string>;

  beforeAll(() => {
    const reference = newProject();
    run(reference, ['generate', '--out', out, '--literal']);
    next = filesBelow(join(reference, out));
  });

  test.each([1, 4, 20])(
    'at change %i of the disk leaves every file whole, and the next run completes it',
    async (count) => {
      const project = newProject();
      const old = filesBelow(join(project, out));

      const child = start(project, ['generate', '--out', out, '--literal']);
      let seen = 0;
      const watcher = watch(join(project, out), { recursive: true }, () => {
        if (++seen >= count) child.kill('SIGKILL');
      });
      await once(child, 'exit');
      watcher.close();

      for (const [path, text] of filesBelow(join(project, out))) {
        const whole = [old.get(path), next.get(path)];
        if (old.has(path) || next.has(path)) expect(whole, path).toContain(text);
      }
      const finished = JSON.stringify([...filesBelow(join(project, out))]) === JSON.stringify([...next]);
      expect(run(project, ['check', '--out', out, '--literal']).exitCode).toBe(finished ? 0 : 4);
      expect(run(project, ['generate', '--out', out, '--literal'])).toMatchObject({ exitCode: 0 });
      expect(filesBelow(join(project, out))).toEqual(next);
    },
  );
});

test('a run that is killed at random moments, again and again, leaves files that the next one can go on with', async () => {
  const project = newProject();
  const kits = [filesBelow(join(project, out))];
  run(project, ['generate', '--out', out, '--literal']);
  kits.push(filesBelow(join(project, out)));
  for (let round = 0; round < 8; round += 1) {
    const child = start(project, ['generate', '--out', out, round % 2 === 0 ? '--no-literal' : '--literal']);
    const ended = once(child, 'exit');
    // From its first sign of life on, so that most kills hit a write and not the start of Node.
    while (!existsSync(join(project, out, '.freshworks-gen.lock')) && child.exitCode === null) await sleep(1);
    await sleep(Math.random() * 20);
    child.kill('SIGKILL');
    await ended;
    for (const [path, text] of filesBelow(join(project, out))) {
      const whole = kits.map((kit) => kit.get(path));
      if (kits.some((kit) => kit.has(path))) expect(whole, `${path} in round ${round}`).toContain(text);
    }
  }
  expect(run(project, ['generate', '--out', out, '--literal'])).toMatchObject({ exitCode: 0 });
  expect(filesBelow(join(project, out))).toEqual(kits[1]);
});

test('what the first project holds was not touched by any of this', () => {
  expect(run(inject('firstProject'), ['check', '--out', out])).toMatchObject({ exitCode: 0 });
});
