import { metrics, trace } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
import type * as Kit from '../../templates/runtime/receiver.js';
import { runIn } from '../cli/command.js';
import { faults } from '../emit/program.js';
import { put, snapshot, temporaryFolder } from '../output/tree.js';
import { blocksOf, root } from './shown.js';

const [shown] = blocksOf('telemetry');

afterAll(() => {
  trace.disable();
  metrics.disable();
});

test('the hooks of the page make metrics and spans with the SDK', async () => {
  const folder = temporaryFolder();
  put(folder, { 'package.json': '{ "type": "module" }', [shown!.subject]: shown!.text });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const { exitCode, stderr } = await runIn(folder, ['generate', '--out', 'src/events']);
  expect(exitCode, stderr).toBe(0);
  const files = Object.entries(snapshot(join(folder, 'src/events')));
  const kit = files
    .filter(([path]) => path.endsWith('.ts'))
    .map(([path, text]) => [`events/${path}`, text] as const);
  expect(faults(new Map([...kit, ['telemetry.ts', shown!.text]]))).toEqual([]);

  const spans = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }),
  );
  const numbers = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: numbers, exportIntervalMillis: 60_000 });
  const provider = new MeterProvider({ readers: [reader] });
  metrics.setGlobalMeterProvider(provider);

  put(folder, { 'src/all.ts': "export * from './events/index.js';\nexport * from './telemetry.js';\n" });
  const outfile = join(folder, 'all.mjs');
  await build({
    entryPoints: [join(folder, 'src/all.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    external: ['@opentelemetry/api'],
  });
  const { createReceiver, ignoringRest, dangerouslyUnverified, telemetry } = (await import(
    /* @vite-ignore */ pathToFileURL(outfile).href
  )) as typeof Kit & {
    ignoringRest: (some: object) => never;
    dangerouslyUnverified: () => never;
    telemetry: () => Kit.Hooks;
  };
  const open = dangerouslyUnverified();
  const receiver = createReceiver({
    handlers: ignoringRest({
      'freshdesk/ticket-created': () => undefined,
      'freshdesk/ticket-updated': () => Promise.reject(new RangeError('a SECRET')),
    }),
    verify: { freshdesk: open, freshservice: open, freshchat: open, helpdesk: open, whatsapp: open } as never,
    on: telemetry(),
    onError: () => undefined,
  });
  for (const [path, body] of [
    ['/freshdesk/ticket-created', '{"freshdesk_webhook":{"ticket_id":1}}'],
    ['/freshdesk/ticket-created', '{"SECRET"'],
    ['/freshdesk/ticket-updated', '{"freshdesk_webhook":{}}'],
  ] as const)
    await receiver.receive({ method: 'POST', path, headers: {}, body: Buffer.from(body) });

  expect(
    spans
      .getFinishedSpans()
      .map(({ name, attributes, status }) => [name, attributes['result'], status.message]),
  ).toEqual([
    ['webhook freshdesk/ticket-created', 'handled', undefined],
    ['webhook freshdesk/ticket-created', 'rejected', undefined],
    ['webhook freshdesk/ticket-updated', 'failed', 'RangeError'],
  ]);
  await provider.forceFlush();
  const found = numbers
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((each) => each.metrics));
  expect(found.map(({ descriptor, dataPoints }) => [descriptor.name, dataPoints.length])).toEqual([
    ['webhook.deliveries', 3],
    ['webhook.duration', 3],
  ]);
  expect(JSON.stringify([found, spans.getFinishedSpans().map(({ attributes }) => attributes)])).not.toContain(
    'SECRET',
  );
  await provider.shutdown();
});
