import { describe, expect, test } from 'vitest';
import { changes, report, stamps } from './project.js';
import { documents } from './states/documents.js';
import { files } from './states/files.js';
import { handlers } from './states/handlers.js';
import { manifests } from './states/manifests.js';
import { obstacles } from './states/obstacles.js';
import { olderLayouts } from './states/older.js';
import { runs } from './states/runs.js';
import { surroundings } from './states/surroundings.js';
import { snapshot } from './tree.js';

const states = { documents, files, handlers, surroundings, manifests, obstacles, olderLayouts, runs };

/**
 * Brings a kit into one state after the other. `check` has to find it, and write nothing; `generate` has to bring the kit up
 * to date, or to refuse and write nothing; and after that, by the way out where there is one, `check` has to be content.
 *
 * @param newProject gives the folder of a project whose kit has just been made
 */
export function tryEveryState(newProject: () => string): void {
  describe.each(Object.entries(states))('%s', (_, rows) => {
    test.each(rows)('$name', async ({ make, options, check, generate, writes = [], wayOut }) => {
      const project = newProject();
      make(project);
      const [before, stamped] = [snapshot(project), stamps(project)];

      expect(await report(project, 'check', options)).toEqual(check);
      expect(stamps(project)).toEqual(stamped);
      expect(await report(project, 'generate', options)).toEqual(generate);
      expect(changes(before, snapshot(project))).toEqual(writes);

      if (wayOut !== undefined) {
        wayOut.mend?.(project);
        const mended = await report(project, 'generate', `${options ?? ''} ${wayOut.options ?? ''}`);
        expect(mended[0]).toBe(0);
      }
      if (wayOut !== undefined || generate[0] === 0)
        expect(await report(project, 'check', options)).toMatchObject({ 0: 0 });
    });
  });
}
