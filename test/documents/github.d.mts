import type { Json, JsonObject } from '../../src/model/json.js';

export declare const deliveries: ReadonlyMap<string, readonly Json[]>;
export declare function githubDocument(): JsonObject;
