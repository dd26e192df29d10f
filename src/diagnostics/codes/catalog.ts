import { entries } from '../entry.js';

export const catalogCodes = entries({});
