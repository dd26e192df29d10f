// What `npm test` says last: what it did not run.
import { existsSync } from 'node:fs';

const sampled = process.env.TEST_ALL === '1' ? '' : 'all but a sample of the long tables and laws, ';
const missing = [
  ['/usr/lib/postgresql', 'postgresql'],
  ['/usr/bin/redis-server', 'redis-server'],
].flatMap(([file, name]) => (existsSync(file) ? [] : [name]));
const install = missing.length > 0 ? `, after: apt-get install ${missing.join(' ')}` : '';
console.log(
  `Left out: ${sampled}the end-to-end tests of the packed package, and the inboxes with their servers. Run everything with: npm run test:all${install}`,
);
