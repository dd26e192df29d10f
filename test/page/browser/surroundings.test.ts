import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, open } from './chromium.js';
import { startDev, type Dev } from './dev.js';
import { broken, ticket } from './payloads.js';

let browser: Browser;
let dev: Dev;

beforeAll(async () => {
  [browser, dev] = await Promise.all([launch(), startDev()]);
});

afterAll(async () => {
  await Promise.all([browser.close(), dev.stop()]);
});

test('a page of another origin reads nothing and sends nothing', async () => {
  await dev.clear();
  await dev.deliver(ticket);
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>elsewhere</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await (await browser.newContext()).newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const { origin, hash } = new URL(dev.address);
  const token = hash.slice('#token='.length);

  const tried = await page.evaluate<readonly string[]>(`(async () => {
    const headers = { authorization: 'Bearer ${token}' };
    const attempts = [
      () => fetch('${origin}/api/deliveries', { headers }),
      () => fetch('${origin}/api/deliveries', { method: 'DELETE', headers }),
      () => fetch('${origin}/api/deliveries', { method: 'DELETE', mode: 'no-cors' }),
      () => fetch('${origin}/api/send', { method: 'POST', mode: 'no-cors', body: '{"event":"freshdesk/ticket-created"}' }),
      () => fetch('${origin}/api/stream', { headers }),
    ];
    return Promise.all(attempts.map((each) => each().then(({ type, status }) => type + ' ' + status, () => 'refused')));
  })()`);
  // An opaque answer shows nothing.
  expect(tried).toEqual([
    'refused',
    'refused',
    expect.stringMatching(/refused|opaque 0/),
    expect.stringMatching(/refused|opaque 0/),
    'refused',
  ]);
  // A page that may not be shown in a frame is loaded as well: as the browser's own error.
  await page.evaluate(`new Promise((onload) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src: '${origin}/', onload }));
  })`);
  expect(await page.frames()[1]?.evaluate("document.querySelector('#page') === null")).toBe(true);
  await page.context().close();
  await new Promise((resolve) => server.close(resolve));
  expect(await dev.count()).toBe(1);
});

test.each([
  [{ host: 'rebound.example:80' }, 403],
  [{ host: 'rebound.example' }, 403],
  [{ origin: 'http://rebound.example' }, 403],
  [{ origin: 'null' }, 403],
  [{ authorization: 'Bearer another' }, 401],
  [{ authorization: '' }, 401],
  [{}, 200],
])('with %j the server answers %d', async (change, status) => {
  const { origin, hash } = new URL(dev.address);
  const headers = { authorization: `Bearer ${hash.slice('#token='.length)}`, ...change };
  const answered = await new Promise((resolve, reject) => {
    ask(`${origin}/api/deliveries`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(answered).toBe(status);
});

test('two tabs show the same, whatever is done in one', async () => {
  await dev.clear();
  const [left, right] = await Promise.all([open(browser, dev.address), open(browser, dev.address)]);
  const rowsOf = ({ page }: typeof left) =>
    page.getByRole('listbox', { name: /^Deliveries/ }).getByRole('option');
  const both = async (count: number) => {
    for (const each of [left, right]) await expect.poll(() => rowsOf(each).count()).toBe(count);
  };
  await dev.deliver(ticket);
  await dev.deliver(broken);
  await both(2);
  await rowsOf(left).first().click();
  await left.page.keyboard.press('e');
  await left.page.getByRole('textbox', { name: 'Body' }).waitFor();
  await left.page.keyboard.press('Control+Enter');
  await rowsOf(right).filter({ hasText: '2×' }).waitFor();
  // The right tab may know of it before the left one has its answer: until then, a key is a letter in the editor.
  await left.page.getByRole('dialog').waitFor({ state: 'detached' });
  await left.page.keyboard.press('x');
  await expect.poll(() => rowsOf(right).filter({ hasText: '2×' }).count()).toBe(0);
  await right.page.keyboard.press('X');
  await right.page.getByRole('dialog').getByRole('button', { name: 'Delete all' }).click();
  for (const { page } of [left, right])
    await page.getByRole('heading', { name: 'No deliveries yet' }).waitFor();
  for (const each of [left, right]) each.expectCalm();
});

test('the page says that the server is gone, and goes on when it is back', async () => {
  await dev.clear();
  await dev.deliver(ticket);
  const { page, expectCalm } = await open(browser, dev.address);
  const rows = page.getByRole('listbox', { name: /^Deliveries/ }).getByRole('option');
  await rows.first().click();
  await page.getByRole('article').waitFor();
  await dev.kill();
  await page.getByText('disconnected').waitFor();
  await page.getByRole('alert').getByRole('button', { name: 'Try now' }).waitFor();
  await page.keyboard.press('c');
  await page.getByText('The server does not answer.').waitFor();
  await dev.restart();
  await page.getByText('● live').waitFor();
  // What was kept is there, what is read still is, and what comes is shown.
  await page.getByRole('article').waitFor();
  await dev.deliver(broken);
  await rows.filter({ hasText: '1 issue' }).waitFor();
  expect(await rows.count()).toBe(2);
  expectCalm();
});

test('the address with the right key opens a page that has none, or another one', async () => {
  const { origin } = new URL(dev.address);
  for (const start of [`${origin}/`, `${origin}/#token=another`]) {
    const { page, expectCalm } = await open(browser, start);
    await page.getByRole('heading', { name: 'This page needs its key' }).waitFor();
    // As somebody enters it in the same tab.
    await page.evaluate(`location.href = ${JSON.stringify(dev.address)}`);
    await page.getByText('● live').waitFor();
    expect(page.url()).not.toContain('token');
    expectCalm();
    await page.context().close();
  }
});
