import { entries } from '../entry.js';

export const parseCodes = entries({});
