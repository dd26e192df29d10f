import type { Plugin as BundlerPlugin } from 'esbuild';
import type { Plugin } from 'vitest/config';

export declare const compiledForBuild: BundlerPlugin;
export declare const compiledForTests: Plugin;
