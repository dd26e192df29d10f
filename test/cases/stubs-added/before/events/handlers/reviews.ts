import { unhandled as later } from '../events.js';

const unhandled = 'a word of ours';
export const other: typeof later = later;
export const word: string = unhandled;