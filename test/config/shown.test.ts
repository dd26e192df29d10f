import { describe, expect, test } from 'vitest';
import { hasHidden } from '../../src/diagnostics/printable.js';
import { runIn } from '../cli/command.js';
import { folder } from '../load/folder.js';

const yaml = `kits:
  - out: src/events
    spec: [api/orders.yaml, api/returns.yaml]
    products: shop
  - out: src/literal
    literal: true
    adapters: []
diff:
  failOn: risky
  accept:
    - rule: type-narrowed
      subject: Order.size
      reason: Nobody has sent it since 2019.
`;

describe('`config` shows what is in force, and where it was said', () => {
  test('of several kits, with flags', async () => {
    const root = folder({ 'freshworks-gen.config.yaml': yaml });
    const args = ['config', '--no-handlers', '--overlay', 'own.yaml'];
    const { stdout, stderr, exitCode } = await runIn(root, args);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toBe(`\
OPTION    VALUE                              FROM
out       src/events                         freshworks-gen.config.yaml:2:5
spec      api/orders.yaml, api/returns.yaml  freshworks-gen.config.yaml:3:5
overlay   own.yaml                           --overlay flag
refRoot   each document's own folder         default
literal   false                              default
products  shop                               freshworks-gen.config.yaml:4:5
handlers  false                              --no-handlers flag
adapters  node                               default
inbox     none                               default
clients   none                               default

OPTION    VALUE                       FROM
out       src/literal                 freshworks-gen.config.yaml:5:5
spec      the shipped documents       default
overlay   own.yaml                    --overlay flag
refRoot   each document's own folder  default
literal   true                        freshworks-gen.config.yaml:6:5
products  all                         default
handlers  false                       --no-handlers flag
adapters  none                        freshworks-gen.config.yaml:7:5
inbox     none                        default
clients   none                        default

OPTION       VALUE  FROM
diff.failOn  risky  freshworks-gen.config.yaml:9:3
diff.accept  1      freshworks-gen.config.yaml:11:7
`);
  });

  test('of a kit that was made before, and a flag', async () => {
    const root = folder({});
    await runIn(root, ['generate', '--out', 'kit', '--products', 'whatsapp', '--no-handlers']);
    const { stdout } = await runIn(root, ['config', '--out', 'kit', '--handlers']);
    expect(stdout).toBe(`\
OPTION    VALUE                       FROM
out       kit                         --out flag
spec      the shipped documents       default
overlay   none                        default
refRoot   each document's own folder  default
literal   false                       default
products  whatsapp                    recorded in kit/.freshworks-gen.json
handlers  true                        --handlers flag
adapters  node                        default
inbox     none                        default
clients   none                        default

OPTION       VALUE     FROM
diff.failOn  breaking  default
diff.accept  none      default
`);
  });

  test('as JSON', async () => {
    const root = folder({ 'freshworks-gen.config.yaml': yaml });
    const { stdout } = await runIn(root, ['config', '--json', '--out', 'src/literal']);
    const { kits, diff, ...rest } = JSON.parse(stdout.replaceAll(`${root}/`, '')) as {
      readonly kits: readonly object[];
      readonly diff: object;
    };
    const file = 'freshworks-gen.config.yaml';
    const at = (line: number, column: number) => ({ by: 'file', file, position: { file, line, column } });
    expect(rest).toMatchObject({ command: 'config', ok: true, exitCode: 0, file, isProgram: false });
    expect(kits).toEqual([
      {
        out: { value: 'src/literal', from: at(5, 5) },
        spec: { value: null, from: { by: 'default' } },
        overlay: { value: [], from: { by: 'default' } },
        refRoot: { value: null, from: { by: 'default' } },
        literal: { value: true, from: at(6, 5) },
        products: { value: null, from: { by: 'default' } },
        handlers: { value: true, from: { by: 'default' } },
        adapters: { value: [], from: at(7, 5) },
        inbox: { value: [], from: { by: 'default' } },
        clients: { value: [], from: { by: 'default' } },
      },
    ]);
    expect(diff).toMatchObject({
      failOn: 'risky',
      accept: [{ rule: 'type-narrowed', subject: 'Order.size' }],
    });
  });
});

test('`config` without a kit says both ways to name one', async () => {
  const { stdout, stderr, exitCode } = await runIn(folder({}), ['config']);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  expect(stderr).toBe(`\
error option-missing: Nothing says where the kit is.
  fix: Give \`--out <folder>\`, or write a configuration with \`out\`, such as freshworks-gen.config.yaml.

`);
});

describe('what a file holds drives no terminal', () => {
  const bidi = 'a\u202e::error::\u009b31m';

  test.each([
    [0, JSON.stringify({ out: 'a', products: [bidi] })],
    [2, JSON.stringify({ out: 'a', [bidi]: 1 })],
    [2, JSON.stringify({ out: 'a', adapters: bidi })],
    [2, JSON.stringify({ kits: [{ out: bidi }, { out: bidi }] })],
  ])('%i from %s', async (expected, text) => {
    const root = folder({ 'freshworks-gen.config.json': text });
    for (const more of [[], ['--json']]) {
      const { stdout, stderr, exitCode } = await runIn(root, ['config', ...more]);
      expect(exitCode).toBe(expected);
      const lines = `${stdout}${stderr}`.split('\n');
      expect(lines.filter((line) => hasHidden(line) || /^\s*::/.test(line))).toEqual([]);
    }
  });
});
