import { expect, test } from 'vitest';
import { runIn } from './command.js';
import { temporaryFolder } from '../output/tree.js';

const to = ['--to', 'http://127.0.0.1:9'];
const simulate = ['simulate', ...to];
const whole = ['0x50', '80.5', '-1', '1e3', ' 80', '٣'];
const notWhole = whole.filter((text) => text !== '80.5');

test.each<[command: readonly string[], option: string, values: readonly string[]]>([
  [['dev'], '--port', [...whole, '65536']],
  [['dev'], '--page-port', [...whole, '65536']],
  [['dev'], '--keep', [...whole, '0', '1000001']],
  [['dev'], '--keep-days', [...notWhole, '0', '366']],
  [['dev'], '--max-body', [...notWhole, '0', '17']],
  [['dev'], '--timeout', [...notWhole, '0', '3601']],
  [['send', 'freshdesk/ticket-created', ...to], '--timeout', [...notWhole, '0', '3601']],
  [['replay', 'last', ...to], '--timeout', [...notWhole, '0', '3601']],
  [simulate, '--timeout', [...notWhole, '0', '3601']],
  [simulate, '--count', [...whole, '0', '10000001']],
  [simulate, '--concurrency', [...whole, '0', '1001']],
  [simulate, '--rate', [...notWhole, '0', '100001']],
  [simulate, '--clock', [...notWhole, '0x', '0', '1000001x']],
  [simulate, '--duplicates', [...notWhole, '1.1']],
  [simulate, '--reorder', [...notWhole, '1.1']],
  [simulate, '--broken-templates', [...notWhole, '1.1']],
  [simulate, '--late-headers', [...notWhole, '1.1']],
])('%j %s takes no other number than it says', async (command, option, values) => {
  const cwd = temporaryFolder();
  for (const value of values) {
    const { exitCode, stderr } = await runIn(cwd, [...command, `${option}=${value}`]);
    expect(stderr, value).toContain(
      `\`${option}\` takes a ${values.includes('80.5') ? 'whole ' : ''}number from `,
    );
    expect(exitCode, value).toBe(2);
  }
});
