import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from './app.js';
import { launch, open } from './chromium.js';
import { startDev, type Dev } from './dev.js';
import { broken, ticket } from './payloads.js';

let browser: Browser;
let app: App;
let dev: Dev;

beforeAll(async () => {
  [browser, app] = await Promise.all([launch(), startApp()]);
  dev = await startDev({ forward: app.url });
});

afterAll(async () => {
  await Promise.all([browser.close(), dev.stop(), app.close()]);
});

test('everything is done without a mouse', async () => {
  await dev.deliver(ticket);
  await dev.deliver(broken);
  await dev.deliver({ ...ticket, path: '/freshservice/ticket-created' });
  const { page, expectCalm } = await open(browser, dev.address);
  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const rows = page.getByRole('listbox', { name: /^Deliveries/ }).getByRole('option');
  const selected = rows.and(page.locator('[aria-selected="true"]'));
  const focused = (part: string) => page.evaluate<string>(`String(document.activeElement.${part})`);
  const dialog = page.getByRole('dialog');
  await expect.poll(() => rows.count()).toBe(3);

  // Along the list.
  await press('j');
  await expect.poll(() => selected.textContent()).toContain('freshservice');
  await press('j', 'j', 'j', 'k');
  await expect.poll(() => selected.textContent()).toContain('1 issue');
  await page.getByRole('article', { name: 'freshdesk/ticket-created' }).waitFor();

  // Into the delivery, along its tabs, and back.
  await press('Enter');
  await expect.poll(() => focused('id')).toBe('delivery-name');
  while ((await focused("getAttribute('role')")) !== 'tab') await press('Tab');
  await press('ArrowRight');
  await page.getByRole('row', { name: /x-request-name.*broken/i }).waitFor();
  await press('Escape');
  await expect.poll(() => focused("getAttribute('role')")).toBe('option');
  // The tabulator key finds one row alone.
  expect(await page.locator('.list [tabindex="0"]').count()).toBe(1);
  await press('ArrowUp');
  await expect.poll(() => focused('textContent')).toContain('freshservice');
  await press('End');
  await expect.poll(() => focused('getAttribute("aria-posinset")')).toBe('3');
  await press('Home', 'j');
  await expect.poll(() => selected.textContent()).toContain('1 issue');

  // What is done with it.
  app.received.length = 0;
  await press('r');
  await page.getByText(/The app answered 200/).waitFor();
  await rows.filter({ hasText: '2×' }).waitFor();
  expect(app.received[0]?.body.toString()).toBe(broken.body);
  await press('c');
  await page.getByText('Copied the curl command').waitFor();
  await press('t');
  await page.getByText('Copied the vitest test').waitFor();

  await press('e');
  await page.getByRole('textbox', { name: 'Body' }).waitFor();
  await press('Control+a');
  await page.keyboard.insertText(ticket.body);
  await press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await rows.filter({ hasText: '3×' }).waitFor();
  expect(app.received.at(-1)?.body.toString()).toBe(ticket.body);

  // Shortcuts, a sample, types: Escape leaves each, and the focus comes back.
  await press('?');
  await dialog.getByText('infer types').waitFor();
  await press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await press('i');
  await dialog.getByRole('tab', { name: 'Types' }).waitFor();
  await press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await press('s');
  await page.getByRole('textbox', { name: 'Body' }).waitFor();
  await press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await rows.filter({ hasText: 'sample' }).waitFor();

  // The filter; its keys are letters while one types.
  await press('/');
  await page.keyboard.type('freshservice');
  await expect.poll(() => rows.count()).toBe(1);
  await press('Escape');
  await expect.poll(() => focused("getAttribute('role')")).toBe('option');
  expect(await rows.count()).toBe(1);
  expect(await page.getByLabel('Filter by text').inputValue()).toBe('freshservice');
  await press('/', 'Control+a', 'Backspace', 'Escape');
  await expect.poll(() => rows.count()).toBe(4);

  // Deleting: the sample, which is read.
  await press('x');
  await expect.poll(() => rows.count()).toBe(3);
  await press('X');
  await dialog.getByRole('button', { name: 'Keep them' }).waitFor();
  while ((await focused('textContent')) !== 'Delete all') await press('Tab');
  await press('Enter');
  await page.getByRole('heading', { name: 'No deliveries yet' }).waitFor();
  expectCalm();
});

test('a key that is held moves on and on, and does everything else once', async () => {
  await dev.clear();
  for (const each of [1, 2, 3, 4]) await dev.deliver({ ...ticket, path: `${ticket.path}?number=${each}` });
  const { page, expectCalm } = await open(browser, dev.address);
  const rows = page.getByRole('listbox', { name: /^Deliveries/ }).getByRole('option');
  const selected = rows.and(page.locator('[aria-selected="true"]'));
  await expect.poll(() => rows.count()).toBe(4);

  // What is pressed again without being let go is a repetition.
  for (const each of [1, 2, 3]) {
    await page.keyboard.down('j');
    await expect.poll(() => selected.getAttribute('aria-posinset')).toBe(String(each));
  }
  await page.keyboard.up('j');
  await page.getByRole('article').waitFor();

  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') asked.push(request.method());
  });
  for (const key of ['r', 'x']) {
    for (let each = 0; each < 4; each += 1) await page.keyboard.down(key);
    await page.keyboard.up(key);
    await page.getByText({ r: 'The app answered 200', x: 'Deleted' }[key]!).waitFor();
  }
  // Whatever a repetition asked for has been asked for by the time that an answer to a later key is there.
  await page.keyboard.press('c');
  await page.getByText('Copied the curl command').waitFor();
  expect(asked).toEqual(['POST', 'DELETE']);
  expect(await dev.count()).toBe(4);
  expectCalm();
});
