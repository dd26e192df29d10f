/**
 * How long `infer` takes for 100,000 deliveries, and how much memory. Needs `dist/` (`node build.mjs`).
 *
 *     node bench/infer.mjs [deliveries]
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const count = Number(process.argv[2] ?? 100_000);
const folder = mkdtempSync(join(tmpdir(), 'freshworks-gen-bench-'));
try {
  const file = createWriteStream(join(folder, 'freshdesk-ticket-created.jsonl'));
  for (let index = 0; index < count; index += 1) {
    const fields = {
      ticket_id: index,
      ticket_subject: `Printer ${index}`,
      ticket_description: '<div>The printer beeps.</div>'.repeat(20),
      ticket_status: index % 7 === 0 ? false : 'Open',
      ticket_priority: 'High',
      ticket_requester_email: `person${index}@example.com`,
      ticket_due_by_time: 'March 23 2016 at 10:06 AM',
      [`ticket_cf_field${index % 40}`]: index % 3 === 0 ? null : `value ${index}`,
      own: { list: [{ a: index, b: index / 2 }, { a: null }], text: 'x' },
    };
    if (!file.write(`${JSON.stringify({ freshdesk_webhook: fields })}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
  const command = fileURLToPath(new URL('../bin/freshworks-gen.js', import.meta.url));
  const start = performance.now();
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [
      '--import',
      "data:text/javascript,process.on('exit',()=>process.stderr.write('MEMORY '+process.resourceUsage().maxRSS))",
      command,
      'infer',
      'freshdesk-ticket-created.jsonl',
      '--overlay',
      'own.yaml',
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(stderr);
  const kilobytes = Number(/MEMORY (\d+)/.exec(stderr)?.[1]);
  console.log(`${count} deliveries: ${seconds.toFixed(1)} s, ${Math.round(kilobytes / 1024)} MiB at most`);
  console.log(`${stdout.split('\n').length - 1} things declared`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
