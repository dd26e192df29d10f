import { catalogCodes } from './codes/catalog.js';
import { configCodes } from './codes/config.js';
import { deliveryCodes } from './codes/delivery.js';
import { devCodes } from './codes/dev.js';
import { diffCodes } from './codes/diff.js';
import { emitCodes } from './codes/emit.js';
import { inferCodes } from './codes/infer.js';
import { initCodes } from './codes/init.js';
import { kitCodes } from './codes/kit.js';
import { loadCodes } from './codes/load.js';
import { outputCodes } from './codes/output.js';
import { parseCodes } from './codes/parse.js';
import { storeCodes } from './codes/store.js';
import { usageCodes } from './codes/usage.js';
import { webhooksCodes } from './codes/webhooks.js';

/** Every finding the program can report, by its stable code. A code that is not here does not compile. */
export const catalogue = {
  ...configCodes,
  ...loadCodes,
  ...parseCodes,
  ...catalogCodes,
  ...devCodes,
  ...diffCodes,
  ...emitCodes,
  ...outputCodes,
  ...inferCodes,
  ...initCodes,
  ...kitCodes,
  ...storeCodes,
  ...deliveryCodes,
  ...usageCodes,
  ...webhooksCodes,
};

export type Code = keyof typeof catalogue;
