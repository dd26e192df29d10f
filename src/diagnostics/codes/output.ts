import { entries } from '../entry.js';

export const outputCodes = entries({});
