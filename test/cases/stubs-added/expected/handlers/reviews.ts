import { unhandled as later } from '../events.js';
import type { Unhandled } from "../events.js";

const unhandled = 'a word of ours';
export const other: typeof later = later;
export const word: string = unhandled;

/**
 * ```ts
 * export const onReviewPosted: Handler<"reviews/posted"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onReviewPosted: Unhandled<"reviews/posted"> =
  later("reviews/posted");