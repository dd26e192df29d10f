import { basename, resolve } from 'node:path';
import type { StoreFolder } from '../app/deliveries.js';
import type { Dev, DevOptions } from '../app/dev/dev.js';
import { diagnostic, Rejected } from '../diagnostics/diagnostic.js';
import { configured } from './configured.js';
import { kitsWithFolder } from './dev-kits.js';
import { devReport } from './dev-report.js';
import { exitCodes } from './exit.js';
import type { Flags } from './flags.js';
import type { Outcome } from './outcome.js';
import { count, say } from './print.js';
import { numberIn, timeoutIn } from './sent.js';

/** A debugger may hold the app for longer than the platform waits. */
const timeoutMs = 30_000;

const byDefault = { port: 4510, pagePort: 4511, deliveries: 10_000, days: 7, megabytes: 1 };
/** Of all bodies that are kept: on the disk, and in memory. */
const bytesAtMost = { disk: 2 ** 31, memory: 2 ** 28 };

/** `dev`: takes deliveries, shows them and sends them on until it is ended, or does one thing with those that are kept. */
export async function devCommand(ids: readonly string[], flags: Flags): Promise<Outcome> {
  if (ids.length > 0 && flags.export === undefined)
    throw new Rejected(diagnostic('usage-invalid', '`dev` takes ids of deliveries with `--export` alone.'));
  if (flags.clear) return clearCommand();
  if (flags.export !== undefined) return exportCommand(ids, flags.export, flags);

  const settings = numbersIn(flags);
  const folder = flags.store === false ? undefined : await folderHere();
  const { startDev } = await import('../app/dev/dev.js');
  const report = devReport(flags.json === true || flags.format === 'json');
  const around = flags.watch ? (await import('../app/watcher.js')).newWatcher() : undefined;
  const addDependency = around?.addDependency;
  const { kits } = await configured(flags, { needsOut: false, ...(addDependency && { addDependency }) });
  const [out] = kitsWithFolder(kits);
  const options: DevOptions = {
    ...settings,
    kits: kits.map((kit) => kit.options),
    documents: flags,
    forward: flags.forward,
    folder,
    credentials: flags,
    env: process.env,
    cwd: process.cwd(),
    kitFolder: `./${out === undefined ? 'events' : basename(resolve(out.options.out))}`,
    ...(addDependency && { addDependency }),
  };
  const ending = untilEnded();
  const dev = await startDev(options, report);
  report.started(dev, folder !== undefined);
  if (around) await (await import('./dev-watch.js')).follow(dev, around, { flags, report, ending });
  await ending.promise;
  await dev.close();
  return ended(dev);
}

function ended({ endpoint }: Dev): Outcome {
  return {
    exitCode: exitCodes.fine,
    findings: [],
    document: { endpoint },
    isReported: true,
    say: () => undefined,
  };
}

/** Until somebody ends it. A second signal ends the process by itself. */
function untilEnded(): { readonly promise: Promise<void>; readonly isEnded: () => boolean } {
  let isEnded = false;
  const promise = new Promise<void>((end) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        isEnded = true;
        end();
      });
  });
  return { promise, isEnded: () => isEnded };
}

function numbersIn(
  flags: Flags,
): Pick<DevOptions, 'port' | 'pagePort' | 'timeoutMs' | 'maxBodyBytes' | 'limits'> {
  const port = { least: 0, most: 65_535, isWhole: true };
  const ports = {
    port: numberIn('--port', flags.port, port) ?? byDefault.port,
    pagePort: numberIn('--page-port', flags.pagePort, port) ?? byDefault.pagePort,
  };
  if (ports.port === ports.pagePort && ports.port !== 0) {
    const message = `\`--port\` and \`--page-port\` have to differ; both are ${ports.port}.`;
    throw new Rejected(diagnostic('usage-value-invalid', message));
  }
  const megabytes = numberIn('--max-body', flags.maxBody, { least: 0.001, most: 16 });
  return {
    ...ports,
    timeoutMs: timeoutIn(flags) ?? timeoutMs,
    maxBodyBytes: Math.round((megabytes ?? byDefault.megabytes) * 2 ** 20),
    limits: {
      deliveries:
        numberIn('--keep', flags.keep, { least: 1, most: 1_000_000, isWhole: true }) ?? byDefault.deliveries,
      days: numberIn('--keep-days', flags.keepDays, { least: 0.01, most: 365 }) ?? byDefault.days,
      bytes: flags.store === false ? bytesAtMost.memory : bytesAtMost.disk,
    },
  };
}

async function folderHere(): Promise<StoreFolder> {
  const { deliveriesOf } = await import('../app/deliveries.js');
  return deliveriesOf(process.cwd());
}

async function clearCommand(): Promise<Outcome> {
  const { openDeliveries } = await import('../app/deliveries.js');
  const cleared = openDeliveries(await folderHere()).clear();
  return {
    exitCode: exitCodes.fine,
    findings: [],
    document: { cleared },
    say: () => say(`${count(cleared, 'delivery', 'deliveries')} removed.`),
  };
}

async function exportCommand(ids: readonly string[], folder: string, flags: Flags): Promise<Outcome> {
  const { openDeliveries } = await import('../app/deliveries.js');
  const { exportDeliveries } = await import('../app/dev/export.js');
  const { kits } = await configured(flags, { needsOut: false });
  const names = await exportDeliveries({
    store: openDeliveries(await folderHere()),
    ids,
    folder: resolve(folder),
    kits: kits.map(({ options }) => options),
    credentials: flags,
    env: process.env,
    cwd: process.cwd(),
  });
  return {
    exitCode: exitCodes.fine,
    findings: [],
    document: { folder, files: names },
    say() {
      for (const name of names) process.stdout.write(`${name}\n`);
      say(`${count(names.length, 'delivery', 'deliveries')} in ${folder}.`);
    },
  };
}
