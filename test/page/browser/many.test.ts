import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, open } from './chromium.js';
import { startDev, type Dev } from './dev.js';
import { ticket } from './payloads.js';

const count = 10_000;
let browser: Browser;
let dev: Dev;

beforeAll(async () => {
  [browser, dev] = await Promise.all([launch(), startDev({ most: count + 100 })]);
  await dev.fill(count);
}, 300_000);

afterAll(async () => {
  await Promise.all([browser.close(), dev.stop()]);
});

test('of ten thousand deliveries, those are drawn that are seen, and all are found', async () => {
  const { page, expectCalm } = await open(browser, dev.address);
  const rows = page.getByRole('listbox', { name: /^Deliveries/ }).getByRole('option');
  const selected = rows.and(page.locator('[aria-selected="true"]'));
  await rows.first().waitFor();
  expect(await rows.first().getAttribute('aria-setsize')).toBe(String(count));
  expect(await rows.count()).toBeLessThan(60);

  await page.keyboard.press('End');
  await rows
    .and(page.locator(`[aria-posinset="${count}"]`))
    .and(page.locator('[aria-selected="true"]'))
    .waitFor();
  expect(await rows.count()).toBeLessThan(60);

  // Who reads further down is not moved by what comes.
  await page.keyboard.press('Escape');
  const before = await selected.boundingBox();
  await dev.deliver({ ...ticket, path: '/freshdesk/ticket-created?new' });
  await page
    .locator(`[aria-setsize="${count + 1}"]`)
    .first()
    .waitFor();
  expect((await selected.boundingBox())?.y).toBe(before?.y);

  // 77, 770 to 779 and 7700 to 7799.
  await page.getByLabel('Filter by text').fill('NUMBER=77 ');
  await page.getByText(`111 of ${count + 1}`).waitFor();
  await page.getByLabel('Filter by text').fill('number=7777');
  await expect.poll(() => rows.count()).toBe(1);
  expectCalm();
});
