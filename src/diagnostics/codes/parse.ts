import { entries } from '../entry.js';

export const parseCodes = entries({
  'asyncapi-missing': {
    severity: 'error',
    exit: 3,
    cause: 'The file is not an AsyncAPI document, or not of a version from 2.0 to 3.1.',
    fix: 'Give an AsyncAPI document whose first line reads `asyncapi: 2.6.0`, say, or 3.0.0; others can be converted.',
  },
  'asyncapi-invalid': {
    severity: 'error',
    exit: 3,
    cause: 'The document does not follow the AsyncAPI specification of the version it names.',
    fix: 'Correct the document at this position.',
  },
  'security-too-many': {
    severity: 'error',
    exit: 3,
    cause: 'What an operation asks for is asked for beside what its servers ask for: the two lists multiply.',
    fix: 'Say in one place how deliveries authenticate: at the operation, or at the server.',
  },
  'asyncapi-style': {
    severity: 'info',
    exit: 3,
    cause: 'The AsyncAPI parser recommends something that does not affect what is generated.',
    fix: 'Follow the recommendation if you like.',
  },
});
