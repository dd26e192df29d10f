import { unhandled as later } from '../events.js';

const unhandled = 'a word of ours';
export const other = later;
export const word = unhandled;

/**
 * ```ts
 * export const onReviewPosted: Handler<"reviews/posted"> = async ({ payload }) => {
 *   // …
 * };
 * ```
 */
export const onReviewPosted = later("reviews/posted");