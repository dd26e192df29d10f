import { holdExitCode } from './ending.js';
import { exitCodes } from './exit.js';
import { run } from './program.js';

const ending = holdExitCode(exitCodes.usage);
let broken: number | undefined;
/** How long after its last word a process may take to end by itself. */
const lingersMs = 200;

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    // A reader that has seen enough, `freshworks-gen list | head -1`, is no error. The run goes on without it: there may be
    // files to write, and the exit code has to say how it went.
    if (code === 'EPIPE') return;
    broken = exitCodes.internal;
    ending.settle(broken);
    if (stream === process.stdout) process.stderr.write(`Cannot write to stdout: ${message}\n`);
  });
}

const exitCode = await run(process.argv.slice(2));
ending.settle(broken ?? exitCode);
// What a configuration that is a program has left running keeps nobody: once all is written, the process ends.
process.stdout.write('', () =>
  process.stderr.write('', () => void setTimeout(() => process.exit(), lingersMs).unref()),
);
