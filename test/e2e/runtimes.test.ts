import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, newProject, out, run, toolchains } from './project.js';

/** Other versions of Node; only there on the platform that their packages are for. */
describe.each(['20.19', '22', '24', '26'])('Node %s', (version) => {
  const node = join(toolchains, `node-${version}/bin/node`);

  test.runIf(existsSync(node))('gives the same bytes', () => {
    const project = newProject();
    const expected = filesBelow(join(project, out));
    const generated = run(project, ['generate', '--out', 'again'], { node });
    expect(generated).toMatchObject({ exitCode: 0 });
    expect(generated.stderr).not.toMatch(/warning/i);
    expect(filesBelow(join(project, 'again'))).toEqual(expected);
    expect(run(project, ['check', '--out', out], { node })).toMatchObject({ exitCode: 0 });
  });
});
