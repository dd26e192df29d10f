import { unhandled as later } from '../events.js';

const unhandled = 'a word of ours';
export const other = later;
export const word = unhandled;