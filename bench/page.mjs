/**
 * The page of `dev` with 10,000 kept deliveries, in headless Chromium: how long a delivery takes to its row, and how long a
 * frame takes while somebody scrolls and filters. Chromium is found by CHROMIUM or on the PATH, as the tests find it.
 *
 *     node bench/page.mjs [deliveries]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { command, newFolder } from './package.mjs';
import { median, table } from './table.mjs';

const count = Number(process.argv[2] ?? 10_000);
const project = newFolder();
mkdirSync(project);
// Deliveries are never kept in a project.
const state = mkdtempSync(join(tmpdir(), 'freshworks-gen-state-'));
process.on('exit', () => rmSync(state, { recursive: true, force: true }));
const ports = ['--port', '0', '--page-port', '0'];
const dev = spawn(
  process.execPath,
  [command, 'dev', '--format', 'json', '--keep', String(2 * count), ...ports],
  {
    cwd: project,
    env: { ...process.env, XDG_STATE_HOME: state },
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
const [line] = await once(createInterface({ input: dev.stdout }), 'line');
dev.stdout.resume();
const { endpoint, page: address } = JSON.parse(line).started;

async function deliver(number) {
  const answer = await fetch(`${endpoint}/freshdesk/ticket-created?number=${number}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"freshdesk_webhook":{"ticket_id":${number},"ticket_subject":"The printer is on fire"}}`,
  });
  await answer.arrayBuffer();
}

let next = 0;
const worker = async () => {
  while (next < count) await deliver((next += 1));
};
await Promise.all(Array.from({ length: 8 }, worker));

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({
  executablePath,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.goto(address);
await page.locator('.row').first().waitFor();

// From before it is sent to the frame in which its row is drawn, by the page's own clock.
const rows = [];
for (let each = 0; each < 50; each += 1) {
  const id = `${count + each + 1}`;
  // What is evaluated must not be the promise itself: it would be waited for.
  await page.evaluate(`void (window.drawn = new Promise((resolve) => {
    const before = document.querySelector('.row[aria-posinset="1"]').dataset.id;
    const look = () => document.querySelector('.row[aria-posinset="1"]').dataset.id === before
      ? requestAnimationFrame(look) : resolve(Date.now());
    look();
  }))`);
  const start = Date.now();
  await deliver(id);
  rows.push((await page.evaluate('window.drawn')) - start);
}

/** The frames of the page while something goes on, in milliseconds each. */
async function frames(action) {
  await page.evaluate(`window.frames_ = []; window.isLooking = true; (() => {
    let last = performance.now();
    const look = (now) => { window.frames_.push(now - last); last = now; if (window.isLooking) requestAnimationFrame(look); };
    requestAnimationFrame(look);
  })()`);
  await action();
  return page.evaluate('window.isLooking = false, window.frames_.slice(1)');
}

const scrolling = await frames(() =>
  page.evaluate(`new Promise((resolve) => {
    const list = document.querySelector('.list');
    let left = 200;
    const step = () => { list.scrollTop += 613; left -= 1; if (left === 0) resolve(); else requestAnimationFrame(step); };
    step();
  })`),
);
const filtering = await frames(async () => {
  const field = page.locator('#filter-text');
  await field.focus();
  for (const word of ['ticket', 'number=7', '4711', 'valid 99']) {
    await page.keyboard.type(word, { delay: 30 });
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Backspace');
  }
});
await browser.close();
dev.kill();
await once(dev, 'exit');

const at = (values, part) => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * part)];
const cells = (values) => [
  ...[median(values), at(values, 0.95), Math.max(...values)].map((each) => `${each.toFixed(1)} ms`),
  `${((100 * values.filter((each) => each > 50).length) / values.length).toFixed(1)} %`,
];
table(`The page with ${count} kept deliveries`, [
  ['', 'median', '95 of 100', 'worst', 'over 50 ms'],
  ['a delivery to its row', ...cells(rows)],
  ['a frame while scrolling', ...cells(scrolling)],
  ['a frame while filtering', ...cells(filtering)],
]);
