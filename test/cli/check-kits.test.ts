import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { shop } from '../output/shop.js';
import { put, temporaryFolder } from '../output/tree.js';
import { sample } from '../sample.js';
import { runIn } from './command.js';

/*
 * `check` over two kits of one configuration, in every state that matters in CI and by every reporter: the same findings and
 * the same exit code in each cell.
 */

const configuration = `kits:
  - out: shop/events
    spec: api/shop.yaml
  - out: depot/events
    spec: api/depot.yaml
    handlers: false
`;

const files = {
  'package.json': '{ "type": "module", "private": true }\n',
  'freshworks-gen.config.yaml': configuration,
  'api/shop.yaml': shop,
  'api/depot.yaml': shop.replaceAll('shop', 'depot').replaceAll('Shop', 'Depot'),
};

let made: string;

beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'kits-'));
  put(made, files);
  const { exitCode, stderr } = await runIn(made, ['generate']);
  expect(exitCode, stderr).toBe(0);
});

afterAll(() => {
  rmSync(made, { recursive: true });
});

afterEach(() => void vi.unstubAllEnvs());

type Change = (project: string) => void;

const edit =
  (path: string, from: string, to: string): Change =>
  (project) => {
    const text = readFileSync(join(project, path), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(project, path), text.replace(from, to));
  };
const remove =
  (path: string): Change =>
  (project) => {
    rmSync(join(project, path), { recursive: true });
  };

interface State {
  readonly what: string;
  readonly change: Change;
  readonly exitCode: number;
  /** The exit code of each kit; undefined where no kit could be looked at. */
  readonly kits?: readonly [number, number];
  /** Code and file of each finding, with its line where there is one. */
  readonly findings: readonly string[];
}

const config = 'freshworks-gen.config.yaml';

const states: readonly State[] = [
  { what: 'nothing has changed', change: () => undefined, exitCode: 0, kits: [0, 0], findings: [] },
  {
    what: 'one kit is stale',
    change: edit('api/depot.yaml', 'type: number', 'type: string'),
    exitCode: 4,
    kits: [0, 4],
    findings: [
      'kit-file-changed depot/events/payloads/returns.ts:5',
      'kit-file-changed depot/events/samples.ts:',
      'kit-file-changed depot/events/schemas/returns.ts:',
      'kit-file-changed depot/events/validators/returns.ts:',
    ],
  },
  {
    what: 'a file of one kit was edited by hand, and one of the other is missing',
    change: (project) => {
      writeFileSync(join(project, 'shop/events/runtime/body.ts'), '// mine\n');
      rmSync(join(project, 'depot/events/runtime/body.ts'));
    },
    exitCode: 4,
    kits: [4, 4],
    findings: ['kit-file-edited shop/events/runtime/body.ts:1', 'kit-file-missing'],
  },
  {
    what: 'a document is gone',
    change: remove('api/shop.yaml'),
    exitCode: 2,
    kits: [2, 0],
    findings: ['file-missing'],
  },
  {
    what: 'a document is gone, and the other kit is stale',
    change: (project) => {
      remove('api/shop.yaml')(project);
      writeFileSync(join(project, 'depot/events/runtime/body.ts'), '// mine\n');
    },
    exitCode: 2,
    kits: [2, 4],
    findings: ['file-missing', 'kit-file-edited depot/events/runtime/body.ts:1'],
  },
  {
    what: 'a document is wrong',
    change: edit('api/depot.yaml', 'type: number', 'type: numeral'),
    exitCode: 3,
    kits: [0, 3],
    findings: ['schema-invalid api/depot.yaml:'],
  },
  {
    what: 'a kit is gone',
    change: remove('depot'),
    exitCode: 4,
    kits: [0, 4],
    findings: ['kit-missing'],
  },
  {
    what: 'the configuration changed what a kit is made of',
    change: edit(config, '    handlers: false\n', ''),
    exitCode: 4,
    kits: [0, 4],
    findings: [
      'kit-file-changed depot/events/.gitattributes:',
      'kit-file-missing',
      'kit-file-missing',
      'kit-file-missing',
      'kit-file-changed depot/events/index.ts:',
    ],
  },
  {
    what: 'the configuration changed in a way that no file shows',
    change: edit(config, 'spec: api/shop.yaml', 'spec: ./api/../api/shop.yaml\n    refRoot: .'),
    exitCode: 4,
    kits: [4, 0],
    findings: ['kit-manifest shop/events/.freshworks-gen.json:'],
  },
  {
    what: 'the configuration is wrong',
    change: edit(config, 'handlers:', 'handler:'),
    exitCode: 2,
    findings: ['config-unknown-key freshworks-gen.config.yaml:6'],
  },
  {
    what: 'there are two configurations',
    change: (project) => put(project, { 'freshworks-gen.config.json': '{}' }),
    exitCode: 2,
    findings: ['config-ambiguous'],
  },
];

interface Kit {
  readonly exitCode: number;
  readonly diagnostics: readonly {
    readonly code: string;
    readonly position?: { readonly file: string; readonly line: number };
  }[];
}

interface Log {
  readonly invocations: readonly object[];
  readonly results: readonly {
    readonly ruleId: string;
    readonly locations?: readonly {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string };
        readonly region?: { readonly startLine: number };
      };
    }[];
  }[];
}

describe.each(sample(states, 5))('where $what', ({ change, exitCode, kits, findings }) => {
  const run = async (...args: readonly string[]) => {
    const project = temporaryFolder();
    cpSync(made, project, { recursive: true, preserveTimestamps: true });
    change(project);
    return runIn(project, ['check', ...args]);
  };

  test('text says it', async () => {
    const { stderr, ...outcome } = await run();
    expect(outcome.exitCode, stderr).toBe(exitCode);
    if (kits) for (const folder of ['shop/events', 'depot/events']) expect(stderr).toContain(folder);
    for (const [index, folder] of ['shop/events', 'depot/events'].entries())
      expect(stderr.includes(`${folder} is up to date`), stderr).toBe(kits?.[index] === 0);
    expect(stderr).not.toContain('::');
    for (const finding of findings) expect(stderr).toContain(`${finding.split(' ')[0]}: `);
  });

  test('JSON holds it', async () => {
    const { stdout, ...outcome } = await run('--json');
    const document = JSON.parse(stdout) as Kit & { readonly kits?: readonly Kit[] };
    expect(outcome).toEqual({ exitCode, stderr: '' });
    expect(document).toMatchObject({ schemaVersion: 1, command: 'check', ok: exitCode === 0, exitCode });
    expect(document.kits?.map((kit) => kit.exitCode)).toEqual(kits);
    const all = (document.kits ?? [document]).flatMap(({ diagnostics }) => diagnostics);
    expectFindings(
      all.map(({ code, position }) => (position ? `${code} ${position.file}:${position.line}` : code)),
    );
  });

  test('SARIF holds it', async () => {
    const { stdout, ...outcome } = await run('--format', 'sarif');
    expect(outcome).toEqual({ exitCode, stderr: '' });
    const [log] = (JSON.parse(stdout) as { runs: Log[] }).runs;
    expect(log?.invocations).toMatchObject([{ exitCode }]);
    expectFindings(
      log!.results.map(({ ruleId, locations: [place] = [] }) => {
        if (!place) return ruleId;
        const { artifactLocation, region } = place.physicalLocation;
        return `${ruleId} ${artifactLocation.uri}:${region?.startLine}`;
      }),
    );
  });

  test('GitHub annotates it', async () => {
    vi.stubEnv('GITHUB_ACTIONS', 'true');
    const { stderr, ...outcome } = await run();
    expect(outcome.exitCode).toBe(exitCode);
    const commands = stderr.split('\n').filter((line) => line.startsWith('::error'));
    expectFindings(
      commands.map((line) => {
        const property = (name: string) => new RegExp(`[ ,]${name}=([^,:]*)`).exec(line)?.[1];
        const place = property('file') === undefined ? '' : ` ${property('file')}:${property('line')}`;
        return `${property('title')}${place}`;
      }),
    );
  });

  function expectFindings(found: readonly string[]): void {
    expect(found).toEqual(findings.map((each) => expect.stringMatching(new RegExp(`^${each}`)) as unknown));
  }
});

describe('a manifest alone that differs', () => {
  const change = edit('shop/events/.freshworks-gen.json', '"manifest": 1,', '"manifest": 1, "more": 1,');

  function edited(): string {
    const project = temporaryFolder();
    cpSync(made, project, { recursive: true });
    change(project);
    return project;
  }

  test.each([['check'], ['generate', '--dry-run']])('is shown as a diff by %s', async (...args) => {
    const { stdout } = await runIn(edited(), args);
    expect(stdout.split('\n').filter((line) => /^[-+]/.test(line))).toEqual([
      '--- a/.freshworks-gen.json',
      '+++ b/.freshworks-gen.json',
      '-  "manifest": 1, "more": 1,',
      '+  "manifest": 1,',
    ]);
  });

  test('is written, and the run says so', async () => {
    const project = edited();
    const last = async () => (await runIn(project, ['generate'])).stderr;
    expect(await last()).toMatch(/shop\/events is up to date \(\d+ files\); its manifest was written\.\n/);
    expect(await last()).toMatch(/shop\/events is up to date \(\d+ files\)\.\n/);
  });

  test('is not shown beside other files', async () => {
    const project = edited();
    edit('shop/events/index.ts', 'export', 'export ')(project);
    const { stdout } = await runIn(project, ['check']);
    expect(stdout).toContain('+++ b/index.ts');
    expect(stdout).not.toContain('.freshworks-gen.json');
  });
});
