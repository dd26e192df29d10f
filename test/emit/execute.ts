import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** What a kit's index exports, as far as tests ask for it. */
export interface Kit {
  readonly [guard: `is${string}`]: (value: unknown) => boolean;
  readonly validators: Readonly<Record<string, StandardSchema>>;
  readonly routes: readonly { readonly name: string; readonly product: string }[];
}

interface StandardSchema {
  readonly '~standard': {
    validate(value: unknown): {
      readonly issues?: readonly { readonly message: string; readonly path: readonly unknown[] }[];
    };
  };
}

/** Runs a kit: bundles it from memory, as its users do, and imports the result. */
export async function execute(files: ReadonlyMap<string, string>, entry = 'index.ts'): Promise<Kit> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'kit-')), 'kit.mjs');
  await build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outfile,
    logLevel: 'silent',
    plugins: [
      {
        name: 'memory',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^node:/ }, () => ({ external: true }));
          onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
            const whole = kind === 'entry-point' ? path : posix.join(posix.dirname(importer), path);
            const found = [whole, whole.replace(/\.js$/, '.ts'), `${whole}.ts`].find((each) =>
              files.has(each),
            );
            return found === undefined
              ? { errors: [{ text: `${path} is not part of the kit` }] }
              : { path: found, namespace: 'kit' };
          });
          onLoad({ filter: /.*/, namespace: 'kit' }, ({ path }) => ({
            contents: files.get(path) ?? '',
            loader: 'ts',
          }));
        },
      },
    ],
  });
  return (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as Kit;
}
