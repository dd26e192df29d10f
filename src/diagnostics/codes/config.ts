import { entries } from '../entry.js';

export const configCodes = entries({});
