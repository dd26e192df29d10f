import { entries } from '../entry.js';

export const loadCodes = entries({});
