// What `npm test` says last: what it did not run.
const sampled = process.env.TEST_ALL === '1' ? '' : 'all but a sample of the long tables and laws, and ';
console.log(
  `Left out: ${sampled}the end-to-end tests of the packed package. Run everything with: npm run test:all`,
);
