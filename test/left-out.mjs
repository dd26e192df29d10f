// What `npm test` says last: what it did not run.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const sampled = process.env.TEST_ALL === '1' ? '' : 'all but a sample of the long tables and laws, ';
const browsers = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)));
const missing = [
  [['/usr/lib/postgresql'], 'postgresql'],
  [['/usr/bin/redis-server'], 'redis-server'],
  [[process.env.CHROMIUM ?? '', ...browsers], 'chromium'],
].flatMap(([files, name]) => (files.some((file) => existsSync(file)) ? [] : [name]));
const install = missing.length > 0 ? `, after: apt-get install ${missing.join(' ')}` : '';
console.log(
  `Left out: ${sampled}the tests that run whole commands and other programs many times, the end-to-end tests of the packed package, the page of \`dev\` in Chromium, and the inboxes with their servers. Run everything with: npm run test:all${install}`,
);
